// Package bridge is the contract with JavaScript.
package bridge
