import detail from './detail.css?inline';
import drawer from './drawer.css?inline';
import log from './log.css?inline';

/** Style sheets of the log, in the order in which they apply. */
export const LOG_STYLES: readonly string[] = [log, detail, drawer];
