// Stands in for consul-template, which Debian does not have: same command line, same configuration file as far as ours uses it,
// and templates by Go's own text/template with three of its functions. It asks Consul again and again instead of waiting for
// changes, and knows nothing of `wait`: a file is written as soon as its text is another one.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"text/template"
	"time"
)

type entry struct {
	source, destination string
	command             []string
}

// service is what templates see of an instance.
type service struct {
	Name, ID, Address, Node string
	Port                    int
}

var (
	client = http.Client{Timeout: 5 * time.Second}
	block  = regexp.MustCompile(`(?s)template \{(.*?)\n\}`)
	quoted = regexp.MustCompile(`"([^"]*)"`)
)

func setting(text, name string) (values []string) {
	line := regexp.MustCompile(`(?m)^\s*` + name + `\s*=\s*(.*)$`).FindStringSubmatch(text)
	if line == nil {
		log.Fatalf("no %s in:\n%s", name, text)
	}
	for _, each := range quoted.FindAllStringSubmatch(line[1], -1) {
		values = append(values, each[1])
	}
	return values
}

func read(path string) (consul string, entries []entry) {
	text, err := os.ReadFile(path)
	if err != nil {
		log.Fatal(err)
	}
	for _, each := range block.FindAllStringSubmatch(string(text), -1) {
		one := entry{setting(each[1], "source")[0], setting(each[1], "destination")[0], setting(each[1], "command")}
		entries = append(entries, one)
	}
	return "http://" + setting(string(text), "address")[0], entries
}

func get(url string) ([]byte, int, error) {
	answer, err := client.Get(url)
	if err != nil {
		return nil, 0, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != 200 && answer.StatusCode != 404 {
		err = fmt.Errorf("%s: %s %s", url, answer.Status, body)
	}
	return body, answer.StatusCode, err
}

func functions(consul string) template.FuncMap {
	key := func(name string) (string, bool, error) {
		body, status, err := get(consul + "/v1/kv/" + name + "?raw")
		return string(body), status == 200, err
	}
	return template.FuncMap{
		"keyOrDefault": func(name, otherwise string) (string, error) {
			value, found, err := key(name)
			if !found {
				value = otherwise
			}
			return value, err
		},
		"key": func(name string) (string, error) {
			value, found, err := key(name)
			if err == nil && !found {
				err = errors.New("no key " + name)
			}
			return value, err
		},
		"service": func(name string) ([]service, error) {
			body, _, err := get(consul + "/v1/health/service/" + name + "?passing=1")
			if err != nil {
				return nil, err
			}
			var found []struct {
				Node    struct{ Node, Address string }
				Service struct {
					ID, Service, Address string
					Port                 int
				}
			}
			if err := json.Unmarshal(body, &found); err != nil {
				return nil, err
			}
			var all []service
			for _, one := range found {
				address := one.Service.Address
				if address == "" {
					address = one.Node.Address
				}
				all = append(all, service{one.Service.Service, one.Service.ID, address, one.Node.Node, one.Service.Port})
			}
			return all, nil
		},
	}
}

// render writes the file where its text is another one, and runs the command then.
func render(consul string, one entry) error {
	parsed, err := template.New(filepath.Base(one.source)).Funcs(functions(consul)).ParseFiles(one.source)
	if err != nil {
		log.Fatal(err)
	}
	var text bytes.Buffer
	if err := parsed.Execute(&text, nil); err != nil {
		return err
	}
	if before, err := os.ReadFile(one.destination); err == nil && bytes.Equal(before, text.Bytes()) {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(one.destination), 0o755); err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(one.destination, text.Bytes(), 0o644); err != nil {
		log.Fatal(err)
	}
	log.Printf("rendered %s => %s", one.source, one.destination)
	output, err := exec.Command(one.command[0], one.command[1:]...).CombinedOutput()
	if err != nil {
		log.Fatalf("%s: %v\n%s", strings.Join(one.command, " "), err, output)
	}
	return nil
}

func main() {
	if len(os.Args) != 3 || os.Args[1] != "-config" {
		log.Fatalf("want -config FILE, got %v", os.Args[1:])
	}
	consul, entries := read(os.Args[2])
	for ; ; time.Sleep(300 * time.Millisecond) {
		for _, one := range entries {
			if err := render(consul, one); err != nil {
				log.Print(err)
			}
		}
	}
}
