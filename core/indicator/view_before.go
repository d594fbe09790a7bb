package indicator

import "strings"

// afterAlnum reports whether the last byte put is a letter or digit.
func (v *view) afterAlnum() bool {
	return len(v.norm) > 0 && classes[v.norm[len(v.norm)-1]]&cAlnum != 0
}

// afterName reports whether the last byte put may be the last of a label.
func (v *view) afterName() bool {
	return len(v.norm) > 0 && classes[v.norm[len(v.norm)-1]]&cName != 0
}

// afterLocal reports whether the last byte put may end the local part of an address.
func (v *view) afterLocal() bool {
	return len(v.norm) > 0 && strings.IndexByte("+%='", v.norm[len(v.norm)-1]) >= 0
}

// afterHive reports whether what was put last is the hive of a registry key: HKU\.DEFAULT
func (v *view) afterHive() bool {
	i := len(v.norm)
	for i > 0 && len(v.norm)-i < 24 && classes[v.norm[i-1]]&cName != 0 {
		i--
	}
	return foldHive(unsafeString(v.norm[i:]))
}

func (v *view) afterBackslash() bool {
	return len(v.norm) > 0 && v.norm[len(v.norm)-1] == '\\'
}

// afterScheme reports whether the last bytes put are a scheme.
func (v *view) afterScheme() bool {
	i := len(v.norm)
	for i > 0 && classes[v.norm[i-1]]&(cAlnum|cJoin) != 0 && len(v.norm)-i < 12 {
		i--
	}
	_, ok := schemeOf(unsafeString(v.norm[i:]))
	return ok
}
