"""Values without any knowledge of the domain: quantities, ranges, money, weeks, diagnostics."""
