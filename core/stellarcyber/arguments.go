package stellarcyber

// From, To and Not are arguments for CaseQuery.Extra: a numeric field's ends, both
// included (GUESS), and a value that a field must not have.
func From(field string, n float64) Argument { return Argument{"FROM~" + field, decimal(n)} }

// To is the upper end; see From.
func To(field string, n float64) Argument { return Argument{"TO~" + field, decimal(n)} }

// Not leaves out what has the value; see From.
func Not(field, value string) Argument { return Argument{"NOT~" + field, value} }
