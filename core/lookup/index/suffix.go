package index

import "github.com/sightline-sec/sightline/core/internal/packed"

// Under a public suffix everybody may register names, so that it says nothing about
// who owns them. The whole list at publicsuffix.org has some 10,000 rules, more than
// this package may weigh. Here is the rule that holds for most of it, and those
// suffixes of hosters that campaigns live under. Where the list knows a suffix that
// this does not, a domain may match through it: only if somebody's case holds that
// very suffix as an indicator.

// secondLevel are the labels under which countries register. As in core/internal/packed,
// words of one length lie side by side, in order.
var secondLevel = [...]string{
	2: "adedkrpere",
	3: "advagrappartasnbizcomeduenggengobgovgubidfidvindintjuslegltdmedmilmodnetnhsnicnomorgplcproresschtelturweb",
	4: "assoblogclubebizfirmfloggamegouvgovtinfomuninameprivwiki",
	5: "csiroernetpressseoulstore",
	6: "policeschool",
}

// hosters are suffixes that are not a country's, laid out the same way.
var hosters = [...]string{
	6: "br.comcn.comco.comcom.dede.comeu.comeu.orggb.netin.netnow.shon.awsr2.devru.comsa.comse.netuk.comuk.netus.com" +
		"za.com",
	7: "fly.devloca.ltrepl.corun.appweb.app",
	8: "ddns.netdeno.devdynu.nethopto.memooo.comngrok.iosurge.sh",
	9: "dynv6.netgiize.comgithub.iogitlab.ioglitch.megotdns.chhopto.orgkozow.commyftp.bizmyftp.orgngrok.appngrok.dev" +
		"no-ip.bizno-ip.orgpages.devsytes.netwebhop.mezapto.org",
	10: "dyndns.orgno-ip.infoplesk.pagereplit.appserveo.netvercel.appwebflow.ioweebly.com",
	11: "appspot.comazurefd.netduckdns.orgnetlify.apprailway.appsquare.siteviewdns.netwixsite.comworkers.dev",
	12: "bitbucket.ioblogspot.combounceme.netcloudapp.netddnsfree.comfreeddns.orgonrender.comserveftp.com",
	13: "amazonaws.comazureedge.netherokuapp.commyshopify.comservehttp.comstrangled.networdpress.com",
	14: "3utilities.comamplifyapp.comcloudfront.netipfs.dweb.linkngrok-free.appredirectme.nettranslate.goog",
	15: "backblazeb2.comfirebaseapp.com",
	16: "awsapprunner.coms3.amazonaws.com",
	17: "000webhostapp.comazurewebsites.netchickenkiller.comtrycloudflare.com",
	18: "cloudapp.azure.comcloudfunctions.netondigitalocean.app",
	20: "elasticbeanstalk.comweb.core.windows.net",
	21: "blob.core.windows.net",
	22: "digitaloceanspaces.com",
}

// isSuffix reports whether names under the domain belong to different people. The
// domain is in lower case.
func isSuffix(domain []byte) bool {
	dots, last := 0, 0
	for i, c := range domain {
		if c == '.' {
			dots, last = dots+1, i
		}
	}
	if dots == 0 {
		return true
	}
	// "co.uk", "ac.jp", "com.br": two letters before a country's two are hardly ever anybody's.
	if dots == 1 && len(domain)-last-1 == 2 && (last == 2 || hasWord(secondLevel[:], domain[:last])) {
		return true
	}
	return hasWord(hosters[:], domain)
}

func hasWord(byLength []string, word []byte) bool {
	n := len(word)
	return n > 0 && n < len(byLength) && byLength[n] != "" && packed.Has(byLength[n], string(word))
}
