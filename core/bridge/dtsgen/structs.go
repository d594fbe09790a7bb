package main

import (
	"fmt"
	"go/ast"
	"reflect"
	"strconv"
	"strings"
)

// writeStructs writes an interface for every struct of file that is marked for easyjson.
func writeStructs(out *strings.Builder, room string, file *ast.File, known map[string]string) error {
	for _, decl := range file.Decls {
		group, ok := decl.(*ast.GenDecl)
		if !ok || !marked(group.Doc) {
			continue
		}
		for _, spec := range group.Specs {
			typ, ok := spec.(*ast.TypeSpec)
			if !ok {
				continue
			}
			fields, ok := typ.Type.(*ast.StructType)
			if !ok {
				return fmt.Errorf("%s: %s is marked for easyjson and is not a struct", room, typ.Name.Name)
			}
			if other, twice := known[typ.Name.Name]; twice {
				return fmt.Errorf("%s is declared by %s and by %s: TypeScript has one name space", typ.Name.Name, other, room)
			}
			known[typ.Name.Name] = room
			writeComment(out, "", group.Doc)
			out.WriteString("export interface " + typ.Name.Name + " {")
			if len(fields.Fields.List) > 0 {
				out.WriteByte('\n')
			}
			for _, field := range fields.Fields.List {
				if err := writeField(out, field); err != nil {
					return fmt.Errorf("%s: %s: %w", room, typ.Name.Name, err)
				}
			}
			out.WriteString("}\n\n")
		}
	}
	return nil
}

// marked reports whether a declaration carries the directive of easyjson.
func marked(doc *ast.CommentGroup) bool {
	if doc == nil {
		return false
	}
	for _, line := range doc.List {
		if line.Text == "//easyjson:json" {
			return true
		}
	}
	return false
}

func writeField(out *strings.Builder, field *ast.Field) error {
	if len(field.Names) != 1 || field.Tag == nil {
		return fmt.Errorf("a field without a name or tag of its own cannot be translated")
	}
	tag, err := strconv.Unquote(field.Tag.Value)
	if err != nil {
		return err
	}
	name, options, _ := strings.Cut(reflect.StructTag(tag).Get("json"), ",")
	if name == "" || name == "-" {
		return fmt.Errorf("field %s has no JSON name", field.Names[0].Name)
	}
	typ, err := typeName(field.Type)
	if err != nil {
		return fmt.Errorf("field %s: %w", field.Names[0].Name, err)
	}
	writeComment(out, "  ", field.Doc)
	out.WriteString("  " + name)
	if strings.Contains(options, "omitempty") {
		out.WriteByte('?')
	}
	out.WriteString(": " + typ + ";\n")
	return nil
}

// typeName translates a Go type. Slices are never null: the bridge writes nil as [].
func typeName(expr ast.Expr) (string, error) {
	switch t := expr.(type) {
	case *ast.Ident:
		switch t.Name {
		case "string":
			return "string", nil
		case "bool":
			return "boolean", nil
		case "int", "int64", "float64":
			return "number", nil
		}
		if ast.IsExported(t.Name) {
			return t.Name, nil
		}
	case *ast.SelectorExpr:
		return t.Sel.Name, nil
	case *ast.ArrayType:
		if t.Len == nil {
			element, err := typeName(t.Elt)
			return element + "[]", err
		}
	}
	return "", fmt.Errorf("no translation for a %T", expr)
}

// writeComment writes a Go comment as a JSDoc comment.
func writeComment(out *strings.Builder, indent string, doc *ast.CommentGroup) {
	text := strings.TrimSpace(doc.Text()) // without directives
	if text == "" {
		return
	}
	text = strings.ReplaceAll(text, "*/", "* /")
	lines := strings.Split(text, "\n")
	if len(lines) == 1 {
		out.WriteString(indent + "/** " + lines[0] + " */\n")
		return
	}
	out.WriteString(indent + "/**\n")
	for _, line := range lines {
		out.WriteString(strings.TrimRight(indent+" * "+line, " ") + "\n")
	}
	out.WriteString(indent + " */\n")
}
