# layers/layertypes.go: RegisterLayerType(10, ...{Name: "ARP", ...}).
# -> name, gopacket:number
match($0, /Name: "[^"]+"/) {
    name = substr($0, RSTART + 7, RLENGTH - 8)
    number = $0
    sub(/^.*RegisterLayerType\(/, "", number)
    sub(/,.*/, "", number)
    print name "\tgopacket:" number
}
