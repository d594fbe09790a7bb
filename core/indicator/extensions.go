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
