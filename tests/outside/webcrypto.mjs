// WebCrypto makes both schemes, as a page in a browser would, and checks one of them.
//
//     webcrypto.mjs new KEY.jwk KEY.pub         a key pair; the public half as OpenSSH writes it
//     webcrypto.mjs dsse KEY.jwk < PAE          the signature in base64
//     webcrypto.mjs sshsig KEY.jwk NAMESPACE < PAYLOAD      the armoured signature
//     webcrypto.mjs verify KEY.pem SIGNATURE < PAE          exits 1 unless the signature is good

import { readFileSync, writeFileSync } from "node:fs";
import { stdin, argv, stdout, exit } from "node:process";

const subtle = globalThis.crypto.subtle;
const text = (s) => new TextEncoder().encode(s);

async function input() {
  const parts = [];
  for await (const part of stdin) parts.push(part);
  return Buffer.concat(parts);
}

// A string of SSH's wire form: four bytes of length, then the bytes.
function field(bytes) {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

const wireKey = (point) => Buffer.concat([field(text("ssh-ed25519")), field(point)]);

async function load(path) {
  const jwk = JSON.parse(readFileSync(path, "utf8"));
  const key = await subtle.importKey("jwk", jwk, "Ed25519", false, ["sign"]);
  return { key, point: Buffer.from(jwk.x, "base64url") };
}

const commands = {
  async new(secret, open) {
    const pair = await subtle.generateKey("Ed25519", true, ["sign", "verify"]);
    const jwk = await subtle.exportKey("jwk", pair.privateKey);
    writeFileSync(secret, JSON.stringify(jwk));
    const line = wireKey(Buffer.from(jwk.x, "base64url")).toString("base64");
    writeFileSync(open, `ssh-ed25519 ${line} webcrypto\n`);
  },

  async dsse(secret) {
    const { key } = await load(secret);
    stdout.write(Buffer.from(await subtle.sign("Ed25519", key, await input())).toString("base64"));
  },

  async sshsig(secret, namespace) {
    const { key, point } = await load(secret);
    const head = [field(text(namespace)), field(text("")), field(text("sha512"))];
    const digest = Buffer.from(await subtle.digest("SHA-512", await input()));
    const message = Buffer.concat([text("SSHSIG"), ...head, field(digest)]);
    const made = Buffer.from(await subtle.sign("Ed25519", key, message));
    const signature = Buffer.concat([field(text("ssh-ed25519")), field(made)]);
    const version = Buffer.from([0, 0, 0, 1]);
    const blob = Buffer.concat([text("SSHSIG"), version, field(wireKey(point)), ...head, field(signature)]);
    const lines = blob.toString("base64").match(/.{1,70}/g).join("\n");
    stdout.write(`-----BEGIN SSH SIGNATURE-----\n${lines}\n-----END SSH SIGNATURE-----\n`);
  },

  async verify(pem, signature) {
    const code = readFileSync(pem, "utf8").replace(/-----[^-]+-----|\s/g, "");
    const key = await subtle.importKey("spki", Buffer.from(code, "base64"), "Ed25519", false, ["verify"]);
    const good = await subtle.verify("Ed25519", key, readFileSync(signature), await input());
    exit(good ? 0 : 1);
  },
};

await commands[argv[2]](...argv.slice(3));
