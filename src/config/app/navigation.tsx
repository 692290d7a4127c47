/** Where the person is on the page, and moving the focus to where a problem is. */
import {
  createContext,
  type ReactNode,
  type RefObject,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { Place } from '../../definition/errors';

export type TabKey = 'units' | 'flows' | 'logApp' | 'runs' | 'files';

export interface Location {
  readonly tab: TabKey;
  readonly unitId: string | null;
  readonly flowId: string | null;
  readonly commandId: string | null;
}

interface Navigation {
  readonly at: Location;
  go(to: Partial<Location>): void;
  /** Opens the part of the page that holds the place and focuses its field, when it has one. */
  goToPlace(place: Place): void;
}

const START: Location = { tab: 'units', unitId: null, flowId: null, commandId: null };
const NavigationContext = createContext<Navigation | null>(null);

export function useNavigation(): Navigation {
  const navigation = useContext(NavigationContext);
  if (navigation === null) throw new Error('NavigationProvider is missing');
  return navigation;
}

interface ProviderProps {
  readonly root: RefObject<HTMLElement | null>;
  readonly children: ReactNode;
}

export function NavigationProvider({ root, children }: ProviderProps) {
  const [at, setAt] = useState(START);
  const [wanted, setWanted] = useState<{ readonly path: string } | null>(null);
  const pending = useRef<string | null>(null);

  useEffect(() => {
    pending.current = wanted?.path ?? null;
    if (pending.current === null || root.current === null) return;
    focusPath(root.current, pending.current);
  }, [wanted, root]);

  const navigation = useMemo<Navigation>(
    () => ({
      at,
      go: (to) => setAt((now) => ({ ...now, ...to })),
      goToPlace(place) {
        setAt((now) => locationOf(place, now));
        setWanted(place.field === undefined ? null : { path: place.field });
      },
    }),
    [at],
  );
  return <NavigationContext.Provider value={navigation}>{children}</NavigationContext.Provider>;
}

function locationOf(place: Place, now: Location): Location {
  if (place.flowId !== undefined) {
    return { ...now, tab: 'flows', flowId: place.flowId, commandId: place.commandId ?? null };
  }
  if (place.unitId !== undefined) return { ...now, tab: 'units', unitId: place.unitId };
  return { ...now, tab: place.field === 'logApp' ? 'logApp' : now.tab };
}

const FOCUSABLE = 'input, select, textarea, button, [tabindex]';

/** Focuses the control of a settings path; where it has none, the nearest part around it ("mapping.2.to" → "mapping.2"). */
export function focusPath(root: ParentNode, path: string): boolean {
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
    const marked = root.querySelector<HTMLElement>(`[data-path="${CSS.escape(at)}"]`);
    const target = marked?.matches(FOCUSABLE) ? marked : marked?.querySelector<HTMLElement>(FOCUSABLE);
    if (target) {
      openAround(target);
      target.scrollIntoView({ block: 'center' });
      target.focus();
      return true;
    }
    if (!at.includes('.')) return false;
  }
}

/** Nothing inside a closed part of the page can take the focus. */
function openAround(target: Element): void {
  let part = target.closest('details');
  while (part !== null) {
    part.open = true;
    part = part.parentElement?.closest('details') ?? null;
  }
}
