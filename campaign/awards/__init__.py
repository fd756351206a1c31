"""Award submissions: rounds with their criteria and quotas, proposals with their nominees, the checks."""
