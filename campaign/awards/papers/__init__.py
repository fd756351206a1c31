"""Papers of award submissions, to Decree 30/2020, from templates that are changed in Word."""

from campaign.awards.papers.achievements import achievement_name, achievement_of
from campaign.awards.papers.books import round_book_name, round_book_of
from campaign.awards.papers.checks import check_list_name, check_list_of
from campaign.awards.papers.consents import consent_name, consent_sheet_of
from campaign.awards.papers.proposals import proposal_name, proposal_of
from campaign.awards.papers.slips import slip_name, slip_of
from campaign.awards.papers.wording import file_name

__all__ = [
    "achievement_name",
    "achievement_of",
    "check_list_name",
    "check_list_of",
    "consent_name",
    "consent_sheet_of",
    "file_name",
    "proposal_name",
    "proposal_of",
    "round_book_name",
    "round_book_of",
    "slip_name",
    "slip_of",
]
