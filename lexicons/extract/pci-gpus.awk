# pci.ids: vendor lines at the margin, device lines after one tab,
#   10de  NVIDIA Corporation
#   <tab>2206  GA102 [GeForce RTX 3080]
# The product names in brackets of NVIDIA's and AMD's graphics chips.
# -> name, pci:vendor:device, kind, case; 'RTX 3080' is an alias
function emit(name, kind, how) {
    if (!(name in seen)) {
        seen[name] = 1
        print name "\tpci:" vendor ":" device "\t" kind "\t" how
    }
}
/^[0-9a-f][0-9a-f][0-9a-f][0-9a-f]  / { vendor = $1; next }
/^[A-Z] / { vendor = "" }
(vendor == "10de" || vendor == "1002") && /^\t[0-9a-f]/ && match($0, /\[[^]]+\]/) {
    device = $1
    n = split(substr($0, RSTART + 1, RLENGTH - 2), part, / \/ /)
    for (i = 1; i <= n; i++) {
        name = part[i]
        sub(/ (OEM|Series|Rev\. ?[0-9]|Lite Hash Rate|Max-Q|Mobile|Laptop GPU|Mac Edition|PCI|AGP|PCIe|Refresh|Secondary)( .*)?$/, "", name)
        sub(/ ([0-9]+ ?[GM]B|GDDR[0-9].*|DDR[0-9].*)( .*)?$/, "", name)
        if (name !~ /^(GeForce|Radeon|Quadro|Tesla|FirePro|FireGL|RIVA|GeForce[0-9]) ?[A-Za-z0-9]/ || name ~ /[\/()]/)
            continue
        if (name !~ /[0-9]/)
            continue
        emit(name, "name", "smart")
        short = name
        if (sub(/^GeForce (RTX|GTX) /, substr(name, 9, 4), short) || sub(/^Radeon RX /, "RX ", short))
            if (short ~ /^(RTX|GTX|RX) [0-9][0-9][0-9]/)
                emit(short, "alias", "exact")
    }
}
