package indicator

import "strings"

// isCommit reports whether 40 hex digits read like a commit of git.
func (s *scanner) isCommit(i, e int) bool {
	b := s.view.b
	p := s.view.from(i)
	switch c := s.before(i); c {
	case '.':
		return i >= 3 && b[i-2] == '.' && classes[b[i-3]]&cName != 0
	case '@', '/', '#':
		return true
	}
	if e+1 < len(b) && b[e] == '.' && b[e+1] == '.' {
		return true
	}
	if e := s.commitEnd; e > 0 && p > e && p-e < 16 && onlyBetween(s.text[e:p]) {
		return true
	}
	if rest := s.text[s.view.upto(e):]; len(rest) > 1 && (rest[0] == ' ' || rest[0] == '\t') &&
		(strings.HasPrefix(rest[1:], "HEAD") || strings.HasPrefix(rest[1:], "refs/") || strings.HasPrefix(rest[1:], "Mon Sep 17 00:00:00 2001")) { // the date of git format-patch
		return true
	}
	if line := lineBefore(s.text, p); line > 0 && (s.followsWord(line, 2, "commit") || s.followsWord(line, 2, "commits")) {
		return true
	}
	commit, first := false, ""
	for n, at := 0, p; n < 4; n++ {
		var word string
		if word, at = wordBefore(s.text, at); word == "" {
			break
		}
		if foldPacked(commitWords[:], word) || holdsFold(word, "commit") { // GIT_COMMIT, commit-id
			return true
		}
		if n == 0 {
			first = word
		}
		commit = commit || n < 2 && foldPacked(commitLabels[:], word)
	}
	return commit && !foldPacked(shaWords[:], first)
}

// Lists by length, in order, side by side.
var (
	// commitWords among the four words before hex make a commit of it, commitLabels
	// among the two before it.
	commitWords = [...]string{
		3:  "git",
		4:  "headrefs",
		5:  "mergesince",
		6:  "branchrevert",
		8:  "backportbisecteddetachedrevertedreviewed",
		9:  "changeset",
		10: "introducedregressionsubsequent",
		13: "cherry-pickedstable-dep-of",
	}
	commitLabels = [...]string{
		3:  "refrevshatag",
		4:  "blobpicktree",
		5:  "fixesindex",
		6:  "100644100755authorbisectcherryobjectoriginparent",
		7:  "checkedgitheadgitlinkreverts",
		8:  "checkoutresolvedrevisionupstream",
		9:  "submodule",
		10: "subproject",
	}
	shaWords = [...]string{
		3: "sha",
		4: "sha1",
		5: "sha-1",
	}

	// idWords before hex, or behind the last dash of the word before, make an identifier
	// or a key of it; so does id there or behind another word.
	idWords = [...]string{
		3:  "key",
		4:  "csrfetagguidsaltuuid",
		5:  "noncetoken",
		6:  "apikeybearercookiesecret",
		7:  "sessiontraceid",
		9:  "containerphpsessidrequestidsessionid",
		10: "jsessionid",
	}
)

// onlyBetween reports whether text is what stands between the members of a list: no
// blank line.
func onlyBetween(text string) bool {
	if strings.Count(text, "\n") > 1 {
		return false
	}
	for i := 0; i < len(text); i++ {
		if k := classes[text[i]]; k&cSpace == 0 && text[i] != ',' && text[i] != '.' {
			return text[i:] == "and " || len(text)-i > 4 && text[i:i+4] == "and " && onlyBetween(text[i+4:])
		}
	}
	return true
}

// lineBefore is where the line above ends when only blanks stand before text[p] on its
// own, else 0.
//
//go:noinline
func lineBefore(text string, p int) int {
	for n := 0; n < 24 && p > 0 && (text[p-1] == ' ' || text[p-1] == '\t'); n++ {
		p--
	}
	if p == 0 || text[p-1] != '\n' {
		return 0
	}
	return p - 1
}
