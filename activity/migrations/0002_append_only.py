"""History is append-only in the database too: only the outbox columns of a row may change."""

from django.db import migrations

GUARD = """
CREATE FUNCTION activity_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        OLD.fanned_out_at := NEW.fanned_out_at;
        OLD.fanout_cursor := NEW.fanout_cursor;
        IF OLD IS NOT DISTINCT FROM NEW THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'activity is append-only: % refused', TG_OP USING ERRCODE = 'check_violation';
END
$$;
CREATE TRIGGER activity_append_only BEFORE UPDATE OR DELETE ON activity_activity
    FOR EACH ROW EXECUTE FUNCTION activity_is_append_only();
CREATE TRIGGER activity_no_truncate BEFORE TRUNCATE ON activity_activity
    FOR EACH STATEMENT EXECUTE FUNCTION activity_is_append_only();
"""
UNGUARD = """
DROP TRIGGER activity_no_truncate ON activity_activity;
DROP TRIGGER activity_append_only ON activity_activity;
DROP FUNCTION activity_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("activity", "0001_activities")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
