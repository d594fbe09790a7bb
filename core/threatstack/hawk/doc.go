// Package hawk is the Hawk scheme of HTTP authentication, as far as Threat Stack
// uses it: requests signed with a shared key (Authorization), answers signed in
// return (Server-Authorization), and the server's clock proved to a client whose
// own is wrong (WWW-Authenticate).
//
// The key itself is never sent. A signature covers the method, the whole request
// target, host, port, a time in seconds since 1970, a nonce, and the body by its
// hash. Both ends are here: [Artifacts] is what is signed, [Header] what is sent.
//
// Source: the public description of the scheme, read together with three public
// libraries of it, whose signatures the tests reproduce. Only SHA-256 is spoken.
package hawk
