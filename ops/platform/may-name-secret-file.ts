/** Files that environments name for other programs, as `SSL_CERT_FILE`, and the environment file of a release. */
const OF_OTHERS = /_(CERTS?|CONFIG|ENV|ROOTS)_FILE$/;

/** Tells names that cannot be the `NAME_FILE` of a secret from the rest, without loading the settings of the services. */
export function mayNameSecretFile(name: string): boolean {
  return name.endsWith('_FILE') && !OF_OTHERS.test(name);
}
