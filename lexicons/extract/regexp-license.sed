# Regexp::Pattern::License:  caption => 'BSD 3-clause "New" or "Revised" License',
# -> caption, nothing
s/^[[:space:]]*caption *=> '\([^'\\]*[Ll]icense[^'\\]*\)',.*/\1	/p
