/** What the page knows about where it runs; fixed for its life. */
import { createContext, useContext } from 'react';
import type { NewId } from '../../definition/create';
import type { AppRef } from '../../definition/types';
import type { SecretStore } from '../../kintone/proxy-secrets';
import type { SettingsStore } from '../../kintone/settings-store';
import type { ConnectorTools } from '../../run/connector';
import type { Language } from '../../ui/i18n';
import type { ConfigClient } from '../client';
import { type ConfigTexts, configTexts } from '../texts';

export interface Environment {
  readonly callingApp: AppRef;
  readonly language: Language;
  /** IANA name of the user's time zone. */
  readonly timeZone: string;
  readonly user: { readonly name: string };
  readonly client: ConfigClient;
  readonly settings: SettingsStore;
  readonly secrets: SecretStore;
  /** How connectors ask hosts outside kintone. */
  readonly connectors: ConnectorTools;
  readonly newId: NewId;
  readonly nowMs: () => number;
}

const EnvironmentContext = createContext<Environment | null>(null);

export const EnvironmentProvider = EnvironmentContext.Provider;

export function useEnvironment(): Environment {
  const environment = useContext(EnvironmentContext);
  if (environment === null) throw new Error('EnvironmentProvider is missing');
  return environment;
}

export function useTexts(): ConfigTexts {
  return configTexts[useEnvironment().language];
}
