import { generateKeyPairSync, randomBytes } from 'node:crypto';
import forge from 'node-forge';

/** A certificate and its private key, in PEM. */
export type Certified = { certificate: string; key: string };

const YEAR_MS = 365 * 24 * 3600 * 1000;

/** Makes a certificate authority. For tests and private platforms: its key is in this process only. */
export function makeAuthority(name: string): Certified {
  return certify(name, {
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
}

/** Makes a certificate for servers on this machine. It also identifies a client, by its common name. */
export function makeCertificate(authority: Certified, name: string, hosts: readonly string[] = ['localhost']): Certified {
  return certify(name, {
    authority,
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true, clientAuth: true },
      {
        name: 'subjectAltName',
        altNames: hosts.map((host) => (/^[\d.]+$/.test(host) ? { type: 7, ip: host } : { type: 2, value: host })),
      },
    ],
  });
}

type Making = { authority?: Certified; extensions: object[] };

function certify(name: string, { authority, extensions }: Making): Certified {
  // Node makes keys a hundred times faster than forge.
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const { pki, md } = forge;
  const certificate = pki.createCertificate();
  certificate.publicKey = pki.publicKeyFromPem(publicKey);
  // A serial number is positive: the first byte begins with a zero bit.
  certificate.serialNumber = `01${randomBytes(15).toString('hex')}`;
  certificate.validity.notBefore = new Date(Date.now() - 24 * 3600 * 1000);
  certificate.validity.notAfter = new Date(Date.now() + YEAR_MS);
  const subject = [{ name: 'commonName', value: name }];
  certificate.setSubject(subject);
  certificate.setIssuer(authority ? pki.certificateFromPem(authority.certificate).subject.attributes : subject);
  certificate.setExtensions(extensions);
  certificate.sign(pki.privateKeyFromPem(authority?.key ?? privateKey), md.sha256.create());
  return { certificate: pki.certificateToPem(certificate), key: privateKey };
}
