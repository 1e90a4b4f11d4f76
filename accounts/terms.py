"""The texts that people agree to. A changed text gets the date of its change as its version.

The texts themselves stand on the pages home:about "ketentuan" and "privasi".
"""

from accounts.models import Consent

TERMS_VERSION = "2026-11-21"
PRIVACY_VERSION = "2026-11-22"

CURRENT_VERSIONS = {
    Consent.Document.TERMS: TERMS_VERSION,
    Consent.Document.PRIVACY: PRIVACY_VERSION,
}
