package sandbox

// tenant is a customer of the platform. The first is the one in the vendor's page.
type tenant struct{ id, name string }

func tenants() []tenant {
	return []tenant{
		{"c7cc6762d8dd4dafa7384f4e0240fc8d", "Rui"},
		{"3f0e5c9a7b1d42e68c04a9d1f7e2b635", "Harbour North"},
		{"91b7d2e4c6f84a0fb35d1e8a60c9f274", "Kestrel Freight"},
		{"5ad80c13e97f4b26a1c4f0762be83d59", "Alder Clinics"},
		{"e264f7b90a3c4d18b75f3c08d91a6e42", "Municipal Works"},
		{"08c5a1f6d3724e9b8e60b7f41d2c93aa", "Orchard Retail"},
	}
}

// person is a user of the platform.
type person struct{ id, name string }

func people() []person {
	return []person{
		{"7e1f0a9c35b84d62a8f7c24e0b91d653", "mercy.okafor@soc.example"},
		{"c04b6d8e21f74a359b1e7f03a6d852c9", "jonas.lindqvist@soc.example"},
		{"2a95e7f1c8d04b63af20d6c19e74b385", "ana.ferreira@soc.example"},
		{"b83d0f64a7e24c1d95c6e2f8170a4b9e", "tariq.rahman@soc.example"},
		{"64f2c8b05a9e4d7781e3b06fd52c1a97", "night.shift@soc.example"},
	}
}

func alertNames() []string {
	return []string{
		"Impossible Travel", "Login Failure Anomaly", "External User Login Failure", "Internal Brute Force", "Password Spraying",
		"Phishing URL", "Malicious Site Access", "Possible Phishing Site Visit", "Recently Registered Domain", "DGA Resolvable Domains",
		"Command and Control: Beaconing", "DNS Tunneling", "Encrypted Channel to Rare Host", "Uncommon Application Usage", "Uncommon Process",
		"PowerShell with Remote Download", "Scheduled Task Creation", "Service Installation", "Registry Run Key Changed", "Driver Loaded from Temp",
		"Abnormal Parent and Child Process", "Credential Dumping", "Privilege Escalation Attempt", "Account Added to Admin Group", "New Mailbox Rule",
		"Outbytes Anomaly", "Data Staged in Archive", "Large Upload to Rare Site", "Data Encrypted for Impact", "Shadow Copies Removed",
		"Internal Port Scan", "External Scan on Management Page", "Exploited CVE", "Web Shell Traffic", "Firewall Policy Anomaly",
		"Sensor Status Anomaly", "Long Session", "Scanner Reputation Anomaly", "File Share Access Anomaly", "Cloud Key Used from New Country",
	}
}

func tagNames() []string {
	return []string{"vip", "phishing", "ransomware", "ot", "cloud", "third-party", "customer-reported", "needs-review", "false-positive", "synced", "purple-team"}
}

func processNames() []string {
	return []string{"svchost.exe", "explorer.exe", "outlook.exe", "chrome.exe", "winword.exe", "msiexec.exe", "sshd", "nginx", "java", "python3"}
}

func serviceNames() []string { return []string{"smb", "rdp", "ssh", "https", "dns", "smtp", "ldap"} }
