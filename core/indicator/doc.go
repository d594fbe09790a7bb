// Package indicator finds the indicators that a threat analyst would mark in a text.
package indicator
