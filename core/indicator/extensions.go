package indicator

// extensions are those by which a name is taken for a file's, by their length, in order, side by side.
var extensions = [...]string{
	1:  "chz",
	2:  "7zaicsdbfwgogzjskoktmdpfplpmpspyrbrsshsovbxz",
	3:  "a3xaceahkapkapparjascaspau3avibakbatbinbmpbz2cabcatcercfgcfmcgichmcmdcomcplcppcrtcrxcsvdatdebdexdlldmgdmpdocdotdrvefieggelfemfemleotepsetlevtexeflvgifgpghlphpphtahtmicoicsimginfiniipaisojarjobjpgjsejspkeyldbliblnkloglualzhmapmdbmhtmkvmofmovmp3mp4msgmsimspmstmuinlsnsiobjocxodpodsodtoldoneostotfovap12p7bpdbpdfpempfxphppifpkgpngppspptps1psdpstpubpycpywrarrdpregromrpmrstrtfscrsctslnsqlsvgswfsystartextgztiftlbtmptsvttftxturluuevbevbsvcfvhdwavwhlwmfwmvwsfwshxlaxllxlsxmlxpixpsxslyarymlzip",
	4:  "appxasarashxasmxaspxbashconfdocmdocxdotmevtxhtmlipswjavajpegjsonjspxkextlockmdmpmsixoxpsphp3php5ppamppsxpptmpptxpsd1psm1resxtifftomlvboxvhdxvmdkvsixwasmwebpwoffxapkxlamxlsbxlsmxlsxxsltyamlyara",
	5:  "accdbclasscryptdylibmhtmlnupkgplistqcow2rulesshtmlthemexhtml",
	6:  "bundleconfigcsprojlockedonepkgsqlite",
	7:  "desktopservicevcxprojwebsite",
	8:  "manifestsettings",
	9:  "encrypted",
	10: "appxbundle",
}

// malwareWords speak of malware, its makers and tools; by length, in order, side by side.
var malwareWords = [...]string{
	2:  "c2",
	3:  "aptrat",
	4:  "gangnodetoolworm",
	5:  "actorgrouprelaywiper",
	6:  "adwarebankerbotnetfamilyloadersamplethreattrojan",
	7:  "dropperexploitimplantmalwarepayloadrootkitspywarestealervariant",
	8:  "attackerbackdoorcampaigninfectedmimikatzoperatorphishing",
	9:  "espionageframeworkinfectionintrusionkeylogger",
	10: "downloaderpowershellransomware",
	11: "compromisedinfostealer",
	12: "cobaltstrike",
}
