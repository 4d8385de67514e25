"""NHS England's directory of organisations: integrated care boards and NHS trusts into the national register.

Source: Organisation Data Terminology FHIR R4 API, by API key or by an assertion under our own signing key.
"""
