/** Dialogs and lists open inside our own root: outside it, neither the tokens nor the reset reach. */
import { createContext, useContext } from 'react';

const PortalContext = createContext<Element | null>(null);

export const PortalContainer = PortalContext.Provider;

export function usePortalProps(): { readonly UNSTABLE_portalContainer?: Element } {
  const container = useContext(PortalContext);
  return container === null ? {} : { UNSTABLE_portalContainer: container };
}
