# llvm/Support/{ARM,AArch64}TargetParser.def.  Architecture versions and cores:
#   ARM_ARCH("armv8.2-a", ...      -> ARMv8.2-A
#   ARM_CPU_NAME("cortex-a72", ... -> Cortex-A72
#   AARCH64_CPU_NAME("neoverse-n1" -> Neoverse N1, Neoverse-N1
# -> name, llvm:name, kind, case
function emit(name, kind) { print name "\tllvm:" raw "\t" kind "\tsmart" }
match($0, /^(ARM_ARCH|ARM_CPU_NAME|AARCH64_CPU_NAME|AARCH64_ARCH)\("[^"]+"/) {
    raw = substr($0, RSTART, RLENGTH)
    sub(/^[^"]*"/, "", raw)
    sub(/"$/, "", raw)
    if (raw ~ /^armv[0-9]/) {
        name = toupper(raw)
        sub(/^ARMV/, "ARMv", name)
        sub(/BASE$/, "Baseline", name)
        sub(/MAIN$/, "Mainline", name)
        emit(name, "name")
    } else if (raw ~ /^cortex-/) {
        name = "Cortex-" toupper(substr(raw, 8))
        sub(/PLUS$/, "+", name)
        emit(name, "name")
        sub(/-/, " ", name)
        emit(name, "alias")
    } else if (raw ~ /^neoverse-[a-z][0-9]$/) {
        name = "Neoverse " toupper(substr(raw, 10))
        emit(name, "name")
        sub(/ /, "-", name)
        emit(name, "alias")
    } else if (raw ~ /^arm[0-9]+[a-z-]+$/)
        emit(toupper(raw), "name")
    else if (raw == "xscale")
        emit("XScale", "name")
    else if (raw == "strongarm")
        emit("StrongARM", "name")
    else if (raw == "iwmmxt")
        emit("iWMMXt", "name")
    else if (raw == "thunderx")
        emit("ThunderX", "name")
    else if (raw == "a64fx")
        emit("A64FX", "name")
    else if (raw == "krait" || raw == "kryo")
        emit("Qualcomm " toupper(substr(raw, 1, 1)) substr(raw, 2), "name")
}
