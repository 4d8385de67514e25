"""The headings of the extracts in their published order (`edubasealldata`: the 140 of April 2025)."""


def _both(*names: str) -> list[str]:
    return [f"{name} ({part})" for name in names for part in ("code", "name")]


def _names(*names: str) -> list[str]:
    return [f"{name} (name)" for name in names]


COLUMNS: tuple[str, ...] = (
    "URN", *_both("LA"), "EstablishmentNumber", "EstablishmentName",
    *_both("TypeOfEstablishment", "EstablishmentTypeGroup", "EstablishmentStatus",
    "ReasonEstablishmentOpened"), "OpenDate", *_both("ReasonEstablishmentClosed"), "CloseDate",
    *_both("PhaseOfEducation"), "StatutoryLowAge", "StatutoryHighAge", *_both("Boarders"),
    *_names("NurseryProvision"), *_both("OfficialSixthForm", "Gender", "ReligiousCharacter"),
    *_names("ReligiousEthos"), *_both("Diocese", "AdmissionsPolicy"), "SchoolCapacity",
    *_both("SpecialClasses"), "CensusDate", "NumberOfPupils", "NumberOfBoys", "NumberOfGirls",
    "PercentageFSM", *_both("TrustSchoolFlag", "Trusts"), *_names("SchoolSponsorFlag", "SchoolSponsors",
    "FederationFlag"), *_both("Federations"), "UKPRN", "FEHEIdentifier", *_names("FurtherEducationType"),
    "OfstedLastInsp", *_both("OfstedSpecialMeasures"), "LastChangedDate", "Street", "Locality", "Address3",
    "Town", "County (name)", "Postcode", "SchoolWebsite", "TelephoneNum", "HeadTitle (name)",
    "HeadFirstName", "HeadLastName", "HeadPreferredJobTitle", "BSOInspectorateName (name)",
    "InspectorateReport", "DateOfLastInspectionVisit", "NextInspectionVisit", "TeenMoth (name)",
    "TeenMothPlaces", *_names("CCF", "SENPRU", "EBD"), "PlacesPRU", *_names("FTProv", "EdByOther",
    "Section41Approved"), *_names(*(f"SEN{number}" for number in range(1, 14))),
    "TypeOfResourcedProvision (name)", "ResourcedProvisionOnRoll", "ResourcedProvisionCapacity",
    "SenUnitOnRoll", "SenUnitCapacity", *_both("GOR", "DistrictAdministrative", "AdministrativeWard",
    "ParliamentaryConstituency", "UrbanRural"), "GSSLACode (name)", "Easting", "Northing", *_names("MSOA",
    "LSOA", "InspectorateName"), "SENStat", "SENNoStat", "BoardingEstablishment (name)", "PropsName",
    *_both("PreviousLA"), "PreviousEstablishmentNumber", *_names("OfstedRating", "RSCRegion", "Country"),
    "UPRN", "SiteName", *_both("QABName", "EstablishmentAccredited"), "QABReport", "CHNumber",
    "MSOA (code)", "LSOA (code)", "FSM", "AccreditationExpiryDate",
)  # fmt: skip
GROUP_COLUMNS = (
    "Group UID", "Group ID", "Group Name", "Companies House Number", "Group Type (code)", "Group Type",
    "Closed Date", "Group Status (code)", "Group Status", "Group Contact Street", "Group Contact Locality",
    "Group Contact Address 3", "Group Contact Town", "Group Contact County", "Group Contact Postcode",
    "Head of Group Title", "Head of Group First Name", "Head of Group Last Name", "UKPRN",
    "Incorporated on (open date)", "Open date",
)  # fmt: skip
GROUP_LINK_COLUMNS = (
    "URN", "Group UID", "Group ID", "Group Name", "Companies House Number", "Group Type (code)", "Group Type",
    "Closed Date", "Group Status (code)", "Group Status", "Joined date", "EstablishmentName",
    "TypeOfEstablishment (code)", "TypeOfEstablishment (name)", "PhaseOfEducation (code)",
    "PhaseOfEducation (name)", "LA (code)", "LA (name)", "Incorporated on (open date)", "Open date",
)  # fmt: skip
