const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers at this address; is it running, and is the port right?',
  ECONNRESET: 'it closes the connection; does it expect TLS, or none?',
  EPIPE: 'it closes the connection; does it expect TLS, or none?',
  UND_ERR_SOCKET: 'it closes the connection; does it expect TLS, or none?',
  ENOTFOUND: 'no host has this name',
  EAI_AGAIN: 'the name of the host cannot be looked up; is the network there?',
  EHOSTUNREACH: 'there is no way to this host; is the network there?',
  ENETUNREACH: 'there is no way to this host; is the network there?',
  ETIMEDOUT: 'it does not answer',
  CERT_HAS_EXPIRED: 'its certificate has expired; renew it',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name; use the name in the certificate',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS; use the address without s, such as mqtt:// or http://',
  EPROTO: 'it does not speak TLS; use the address without s, such as mqtt:// or http://',
};

/** Who signed these certificates is unknown here. */
const unknownSigners = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
]);

/** Why a host cannot be reached, and what to do. */
export function networkTrouble(error: unknown): string {
  const { message, code, cause } = error as NodeJS.ErrnoException & { cause?: unknown };
  if (typeof code === 'string' && code in reasons) return reasons[code] as string;
  if (typeof code === 'string' && unknownSigners.has(code)) {
    return `who signed its certificate is unknown here; name the authority’s certificate in the environment variable NODE_EXTRA_CA_CERTS`;
  }
  return cause instanceof Error ? networkTrouble(cause) : message || String(code ?? error);
}

/** An address as it may be printed: without name and password. */
export function printable(address: string): string {
  const url = new URL(address);
  url.username = '';
  url.password = '';
  return url.href.replace(/\/$/, '');
}
