"""What can happen to an aspiration."""

from django.utils.translation import gettext_lazy as _

from aspirations.steps import STEPS

SEND = "aspiration.send"
# The office to which another has handed it hears of it in the same way as of a new one.
ARRIVE = "aspiration.arrive"

LABELS = {
    SEND: _("Sent to the office"),
    ARRIVE: _("Arrived at the office"),
    **{step.verb: step.past for step in STEPS.values()},
}
