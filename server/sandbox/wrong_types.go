package sandbox

// stellarWrongTypes is an answer of Stellar Cyber whose types are wrong.
func stellarWrongTypes(op operation) string {
	switch op {
	case opObservables:
		return `{"observables":"none, or perhaps some"}`
	case opConnectors:
		return `{"connectors":"all","total":"many"}`
	case opSensors:
		return `{"sensors":{"0":"one"}}`
	case opUserActivities:
		return `{"activities":7}`
	case opSearch, opScroll:
		return `{"hits":{"total":"many","hits":"none"}}`
	case opSummary, opNarrative:
		return `{"data":7}`
	case opCaseAlerts:
		return `{"data":{"total":"2","docs":{"0":1}}}`
	case opIncidents:
		return `{"data":{"total":"many","incidents":{}}}`
	case opAccount, opAccountUpdate, opAccountDelete, opCaseUpdate, opCaseCreate, opComment, opEventUpdate, opIncidentUpdate:
		return `{"data":[{"_id":null,"user_id":7,"score":"high"}]}`
	}
	return `{"data":"a list, or perhaps none"}`
}
