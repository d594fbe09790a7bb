package indicator

import "testing"

// TestPathTable pins paths, keys, file names and mutexes.
func TestPathTable(t *testing.T) {
	t.Parallel()
	checkTable(t, []struct{ text, want string }{
		{"C:\\Windows\\Temp\\a.exe", "file_path C:\\Windows\\Temp\\a.exe"},
		{"C:\\Program Files\\Common Files\\x.dll is bad", "file_path C:\\Program Files\\Common Files\\x.dll"},
		{"dropped to C:\\Users\\[username]\\AppData\\x.tmp, then", "file_path C:\\Users\\[username]\\AppData\\x.tmp"},
		{"C:\\\\Users\\\\x\\\\y.dll", "file_path C:\\Users\\x\\y.dll"},
		{"%APPDATA%\\Microsoft\\x.lnk", "file_path %APPDATA%\\Microsoft\\x.lnk"},
		{"\\\\srv01\\share$\\x.exe", "file_path \\\\srv01\\share$\\x.exe"},
		{"\\\\?\\C:\\Test\\x", "file_path \\\\?\\C:\\Test\\x"},
		{"\"C:\\a b\\c d.exe\"", "file_path C:\\a b\\c d.exe"},
		{"/etc/passwd", "file_path /etc/passwd"},
		{"/tmp/.x/y and ~/Library/LaunchAgents/a.plist", "file_path /tmp/.x/y | file_path ~/Library/LaunchAgents/a.plist"},
		{"/and/or", ""},
		{"C:\\", ""},
		{"see C:\\a\\", "file_path C:\\a"},
		{"HKLM\\", ""},
		{"C:\\Temp\\*.log", ""},
		{"HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Run", "registry_key HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Run"},
		{"HKEY_CURRENT_USER\\Software\\Acme\\Update Service", "registry_key HKEY_CURRENT_USER\\Software\\Acme\\Update Service"},
		{"HKCU:\\Software\\x", "registry_key HKCU\\Software\\x"},
		{"<HKLM>\\Software\\x", "registry_key HKLM\\Software\\x"},
		{"HKLM\\\\Software\\\\x", "registry_key HKLM\\Software\\x"},
		{"HKLM\\A\\B HKLM\\C\\D", "registry_key HKLM\\A\\B | registry_key HKLM\\C\\D"},
		{"invoice.pdf.exe and lib_x.so", "file_name invoice.pdf.exe | file_name lib_x.so"},
		{"Inv(05-10)#487.pdf", "file_name Inv(05-10)#487.pdf"},
		{"a.zip b.py c.sh", "file_name a.zip | file_name b.py | file_name c.sh"},
		{"mutex: Global\\x", "mutex Global\\x"},
		{"Global\\MsWinZonesCacheCounterMutexA", "mutex Global\\MsWinZonesCacheCounterMutexA"},
		{"mutex \"abc_def_123\"", "mutex abc_def_123"},
		{"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36\nnext", "user_agent Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36"},
		{"rule a_b : tag { strings: $x = \"}\" condition: $x } end", "yara_rule rule a_b : tag { strings: $x = \"}\" condition: $x }"},
		{"private rule x\n{\n condition: true\n}", "yara_rule private rule x\n{\n condition: true\n}"},
		{"rundll32 C:\\Users\\Public\\x.dll,DllRegisterServer", "file_path C:\\Users\\Public\\x.dll"},
		{"DownloadFile('http://a.example.net/a.exe','C:\\Temp\\a.exe')", "url http://a.example.net/a.exe | file_path C:\\Temp\\a.exe"},
		{"HKLM\\Software\\Acme\\Parameters to disable it", "registry_key HKLM\\Software\\Acme\\Parameters"},
		{"`HKCU\\Software\\Acme\\my own value`", "registry_key HKCU\\Software\\Acme\\my own value"},
		{"HKU\\.DEFAULT\\Control Panel", "registry_key HKU\\.DEFAULT\\Control Panel"},
		{"C:\\Users\\me\\.aws\\credentials", "file_path C:\\Users\\me\\.aws\\credentials"},
		{"Mutex name: 8-3503835SZBFHHZ", "mutex 8-3503835SZBFHHZ"},
		{"let mutex = mutexes.get(key);", ""},
		{"fplocal\\-line", ""},
		{"rule of thumb {x}", ""},
	})
}
