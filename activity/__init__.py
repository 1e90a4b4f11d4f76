"""The history of the portal: audit trail and outbox in one."""
