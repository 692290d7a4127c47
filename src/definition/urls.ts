/** Addresses outside kintone that settings may name. */

/** Plain http is for programs on this machine only. */
const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** null: no URL. */
export function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** Whether the way there is encrypted, or does not leave the machine. */
export function isSafeTransport({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.includes(hostname));
}

/** `…/trigger/v1/{unit id}` of the trigger protocol, without query, fragment or credentials. */
export function isTriggerUrl(text: string): boolean {
  const url = parseUrl(text);
  return (
    url !== null &&
    isSafeTransport(url) &&
    `${url.username}${url.password}${url.search}${url.hash}` === '' &&
    /\/trigger\/v1\/[a-z]{14}$/.test(url.pathname)
  );
}
