# 'tshark -G protocols': name TAB short name TAB filter name, one a line.
# -> short names of capitals and digits, wireshark:filter name
BEGIN { FS = "\t" }
$2 ~ /^[A-Z][A-Z0-9-]+$/ { print $2 "\twireshark:" $3 "\tacronym\texact" }
