# hash/*.xml of MAME: only files that say 'license:CC0-1.0'.  The description
# of a list is a system with the medium after it:
#   <softwarelist name="c64_cart" description="Commodore 64 cartridges">
# -> system, mame:list
FNR == 1 { free = 0 }
/license:CC0-1\.0/ { free = 1 }
free && /<softwarelist / {
    list = name = $0
    sub(/^.*<softwarelist [^>]*name="/, "", list)
    sub(/".*/, "", list)
    sub(/^.*description="/, "", name)
    sub(/".*/, "", name)
    gsub(/&amp;/, "\\&", name)
    sub(/ \([^)]*\)/, "", name)
    # the medium: cut at the first of these words
    sub(/ (miscellaneous|original|cracked|cleanly|internal|expansion|upgrade|optional|Option|Optional|Utility|System disk|Function|Application|Hardware|hard|Hard|Disk|disk|Disc|Floppy|floppy|Paper|Compact Flash|Digital Data|memory|Memory|Standard|Workbench|SmartMedia|High Density|PCM|5\.25|QD|VideoCD|SoftCards|quickload|cartridge|Cartridge|tape|cassette|casset|diskette|floppies|disc|ROM|rom|CD-ROM|GD-ROM|DVD|snapshot|software|modules|Modules|Datapack|demos|images|DOCK|Astron|Hudson|AGA|ECS|OCS|systems|series|Applets)[A-Za-z]*( .*)?$/, "", name)
    sub(/ (CD-ROMs|GD-ROMs|DVD-ROMs|ROMs|ROMPAK).*$/, "", name)
    if (name ~ /[0-9A-Za-z] [0-9A-Za-z]/ && name !~ /[&\/"']/ &&
        name !~ /^(Hard|Cartridges|Video Game|Speak|Touch|Language|Super Sensor|Voicer|Standard|Publications|Select)/)
        print name "\tmame:" list "\tname\tsmart"
}
