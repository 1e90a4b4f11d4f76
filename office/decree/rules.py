"""What happens to each thing that holds a region when the region closes: all of them, in one table."""

from office.decree import merging, posted_twice
from regions.changing.holders import Rule

RULES: dict[str, Rule] = {
    "accounts.Holiday.region": Rule("closed days of the office", clear_way=merging.holidays),
    "accounts.Office.region": Rule("the office works on under the new code", clear_way=merging.offices),
    "accounts.Posting.region": Rule(
        "officers keep their rights; ended ones go along", clear_way=posted_twice.postings
    ),
    "accounts.User.home_region": Rule("whose news come first for the person"),
    "activity.Activity.office": Rule(
        "from which office somebody acted, by the code of that day", moves=False
    ),
    "activity.Activity.region": Rule(
        "history is never rewritten; the audit reads old codes too", moves=False
    ),
    "announcements.Announcement.region": Rule(
        "for which office it speaks; where it goes comes along", clear_way=merging.places_of_announcements
    ),
    "articles.Amendment.happened_in": Rule("the place is the same, its code is not"),
    "articles.Amendment.region": Rule("whose office decides"),
    "articles.Article.region": Rule("the place is the same, its code is not"),
    "aspirations.Aspiration.desk": Rule("which office has it"),
    "aspirations.Aspiration.region": Rule("what it is about, by its code of today"),
    "aspirations.Request.region": Rule("what it will be about, once the address is confirmed"),
    "communities.ChangeRequest.region": Rule("whose office decides"),
    "communities.ChangeRequest.village": Rule("where a KIM wants to move to"),
    "communities.Community.region": Rule("with a row in the history of each"),
    "communities.Community.verifying_region": Rule("the office that verified it, by its code of today"),
    "complaints.Case.region": Rule("whose office decides"),
    "events.EventChange.region": Rule("whose office decides"),
    "events.Event.region": Rule("the place is the same, its code is not"),
    "figures.Report.region": Rule("kept for the same office; what it tells is frozen"),
    "imports.Import.region": Rule("kept for the same office"),
    "imports.ImportRow.village": Rule("rows that wait to be applied need a village of today"),
    "notifications.FollowRequest.region": Rule("what will be followed, once the address is confirmed"),
    "notifications.Subscription.region": Rule(
        "followed on, in all that follows", clear_way=merging.subscriptions
    ),
    "factchecks.FactCheck.region": Rule("what it is about, and whose office speaks or decides"),
    "replies.Reply.region": Rule("whose office decides; that of its article"),
}
