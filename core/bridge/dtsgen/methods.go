package main

import (
	"errors"
	"fmt"
	"go/ast"
	"strconv"
	"strings"
)

// tableName is the function in core/bridge whose literal lists every method:
//
//	return []method{{"hello", func(c *call) { … resp, err := b.hello(c.ctx, req) … }}, …}
const tableName = "table"

// methodTable is the method table with the handlers that it names.
type methodTable struct {
	names    []string
	handlers []*ast.FuncDecl
}

// findMethods reads the method table out of the package's files.
func findMethods(files []*ast.File) (*methodTable, error) {
	handlers := make(map[string]*ast.FuncDecl)
	for _, file := range files {
		for _, decl := range file.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Recv != nil {
				handlers[f.Name.Name] = f
			}
		}
	}
	source, ok := handlers[tableName]
	if !ok {
		return nil, errors.New("core/bridge has no method " + tableName)
	}
	table := new(methodTable)
	var failed error
	ast.Inspect(source.Body, func(n ast.Node) bool {
		row, ok := n.(*ast.CompositeLit)
		if !ok || row.Type != nil || len(row.Elts) != 2 {
			return true
		}
		name, handler, err := readRow(row)
		if err == nil && handlers[handler] == nil {
			err = fmt.Errorf("no handler %s", handler)
		}
		if err != nil {
			failed = errors.Join(failed, err)
			return false
		}
		table.names = append(table.names, name)
		table.handlers = append(table.handlers, handlers[handler])
		return false
	})
	if failed == nil && len(table.names) == 0 {
		failed = errors.New("the method table is empty")
	}
	return table, failed
}

// readRow reads {"name", func(c *call) { … b.handler(…) … }}.
func readRow(row *ast.CompositeLit) (name, handler string, err error) {
	literal, ok := row.Elts[0].(*ast.BasicLit)
	if !ok {
		return "", "", errors.New("a row of the method table does not begin with a name")
	}
	if name, err = strconv.Unquote(literal.Value); err != nil {
		return "", "", err
	}
	var called []string
	ast.Inspect(row.Elts[1], func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			if method, ok := call.Fun.(*ast.SelectorExpr); ok {
				if receiver, ok := method.X.(*ast.Ident); ok && receiver.Name == "b" {
					called = append(called, method.Sel.Name)
				}
			}
		}
		return true
	})
	if len(called) != 1 {
		return "", "", fmt.Errorf("method %q calls %d methods of Bridge, not one", name, len(called))
	}
	return name, called[0], nil
}

// write writes the interface Methods: method → [request, response].
func (t *methodTable) write(out *strings.Builder, known map[string]string) error {
	out.WriteString("/** method → [request, response] */\nexport interface Methods {\n")
	for i, handler := range t.handlers {
		params, results := handler.Type.Params.List, handler.Type.Results.List
		request, err := messageName(params[len(params)-1].Type, known)
		if err != nil {
			return fmt.Errorf("method %q: %w", t.names[i], err)
		}
		response, err := messageName(results[0].Type, known)
		if err != nil {
			return fmt.Errorf("method %q: %w", t.names[i], err)
		}
		writeComment(out, "  ", handler.Doc)
		out.WriteString("  " + strconv.Quote(t.names[i]) + ": [" + request + ", " + response + "];\n")
	}
	out.WriteString("}\n")
	return nil
}

// messageName is the interface for a pointer to a message. Bytes that are no JSON are
// a Uint8Array.
func messageName(expr ast.Expr, known map[string]string) (string, error) {
	if list, ok := expr.(*ast.ArrayType); ok && list.Len == nil {
		if element, ok := list.Elt.(*ast.Ident); ok && element.Name == "byte" {
			return "Uint8Array", nil
		}
	}
	pointer, ok := expr.(*ast.StarExpr)
	if !ok {
		return "", errors.New("requests and responses are pointers to messages, or bytes")
	}
	name, err := typeName(pointer.X)
	if err == nil && known[name] == "" {
		err = errors.New(name + " is not a message")
	}
	return name, err
}
