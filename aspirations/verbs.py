"""What can happen to an aspiration."""

from django.utils.translation import gettext_lazy as _

from accounts.roles import Duty
from aspirations.steps import STEPS, Side

SEND = "aspiration.send"
# The office to which another has handed it hears of it in the same way as of a new one.
ARRIVE = "aspiration.arrive"

# What is done for an office, and by which duty.
OF_OFFICE = {step.verb: Duty.ASPIRATIONS for step in STEPS.values() if step.side is Side.OFFICE}

LABELS = {
    SEND: _("Sent to the office"),
    ARRIVE: _("Arrived at the office"),
    **{step.verb: step.past for step in STEPS.values()},
}
