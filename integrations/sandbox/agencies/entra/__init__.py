"""Microsoft Entra ID's token endpoint, as a force's own tenant has it: client credentials by secret or certificate."""
