/** Secret headers and body values for hosts outside kintone: kept by kintone's proxy, never in the plug-in's settings. */

/** The part of `kintone.plugin.app` that only the settings page has. */
export interface ProxyConfigApi {
  getProxyConfig(
    url: string,
    method: string,
  ):
    | {
        readonly headers: Readonly<Record<string, unknown>>;
        readonly data: Readonly<Record<string, unknown>>;
      }
    | null
    | undefined;
  setProxyConfig(
    url: string,
    method: string,
    headers: Readonly<Record<string, string>>,
    data: Readonly<Record<string, string>>,
    callback: () => void,
  ): void;
}

export type SecretReply = 'saved' | 'failed';

/**
 * Secrets per beginning of a URL and method, as kintone keeps them: they join every request of this plug-in in
 * this app whose URL begins so, and work once the app has been updated.
 * Source: cybozu.dev/ja/kintone/docs/js-api/plugins/set-config-for-proxy
 */
export interface SecretStore {
  /** Names of the stored headers; their values stay where they are. */
  headerNames(urlPrefix: string, method: string): readonly string[];
  /** Adds or replaces one header, and keeps all else. */
  save(urlPrefix: string, method: string, name: string, value: string): Promise<SecretReply>;
  /** Takes all headers away; body keys that somebody stored beside them stay. */
  clear(urlPrefix: string, method: string): Promise<SecretReply>;
  /** Names of the stored body values; the values stay where they are. */
  dataNames(urlPrefix: string, method: string): readonly string[];
  /** Adds or replaces body values, and keeps all else. kintone adds them to POST and PUT only. */
  saveData(urlPrefix: string, method: string, values: Texts): Promise<SecretReply>;
  /** Takes all body values away; headers stay. */
  clearData(urlPrefix: string, method: string): Promise<SecretReply>;
}

/** kintone calls back only when it has saved; a refusal is silence. */
const SILENCE_MS = 15_000;

/** @param around runs every change of what is stored; see `SettingsStore.beside`. */
export function createSecretStore(
  api: ProxyConfigApi,
  wait: (ms: number) => Promise<unknown>,
  around: (change: () => Promise<SecretReply>) => Promise<SecretReply> = (change) => change(),
): SecretStore {
  // kintone refuses a call that overlaps another one.
  let last: Promise<unknown> = Promise.resolve();
  const stored = (urlPrefix: string, method: string): Stored => {
    const config = api.getProxyConfig(urlPrefix, method);
    return { headers: texts(config?.headers), data: texts(config?.data) };
  };
  const set = (
    urlPrefix: string,
    method: string,
    change: (now: Stored) => Partial<Stored>,
  ): Promise<SecretReply> => {
    const save = () => {
      const now = stored(urlPrefix, method);
      const { headers, data } = { ...now, ...change(now) };
      const saved = new Promise<SecretReply>((resolve) => {
        api.setProxyConfig(urlPrefix, method, headers, data, () => resolve('saved'));
      });
      return Promise.race([saved, wait(SILENCE_MS).then((): SecretReply => 'failed')]);
    };
    const reply = last.then(() => around(save));
    last = reply.catch(() => undefined);
    return reply;
  };
  return {
    headerNames: (urlPrefix, method) => Object.keys(stored(urlPrefix, method).headers),
    save: (urlPrefix, method, name, value) =>
      set(urlPrefix, method, ({ headers }) => {
        const others = Object.entries(headers).filter(
          ([known]) => known.toLowerCase() !== name.toLowerCase(),
        );
        return { headers: { ...Object.fromEntries(others), [name]: value } };
      }),
    clear: (urlPrefix, method) => set(urlPrefix, method, () => ({ headers: {} })),
    dataNames: (urlPrefix, method) => Object.keys(stored(urlPrefix, method).data),
    saveData: (urlPrefix, method, values) =>
      set(urlPrefix, method, ({ data }) => ({ data: { ...data, ...values } })),
    clearData: (urlPrefix, method) => set(urlPrefix, method, () => ({ data: {} })),
  };
}

type Texts = Readonly<Record<string, string>>;

interface Stored {
  readonly headers: Texts;
  readonly data: Texts;
}

const texts = (values: Readonly<Record<string, unknown>> = {}): Texts =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
