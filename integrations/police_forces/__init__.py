"""The forces of data.police.uk: names for the national register. Open data (OGL v3), no sign-in."""
