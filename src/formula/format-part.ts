/** The parts that a format of TEXT is made of. */
export type DateUnit =
  | 'year'
  | 'month'
  | 'day'
  | 'hour'
  | 'minute'
  | 'second'
  | 'weekday'
  | 'localWeekday'
  | 'era'
  | 'eraYear';

export type FormatPart =
  | { readonly kind: 'literal'; readonly text: string }
  /** `0` fills with a zero, `?` with a space, `#` with nothing. */
  | { readonly kind: 'digit'; readonly fill: string }
  | { readonly kind: 'point' }
  /** `E+` or `E-`: the digits after it are the exponent; `E+` writes a plus as well. */
  | { readonly kind: 'exponent'; readonly plus: string }
  | { readonly kind: 'comma' }
  | { readonly kind: 'percent' }
  /** An unquoted `/`: the bar of a fraction, or a sign between the parts of a date. */
  | { readonly kind: 'slash' }
  /** The value as plain text: `@`, General. */
  | { readonly kind: 'value' }
  | { readonly kind: 'date'; readonly unit: DateUnit; readonly width: number }
  /** Hours or minutes in all, beyond a day: `[h]`, `[m]`. */
  | { readonly kind: 'elapsed'; readonly unit: 'hour' | 'minute'; readonly width: number }
  | { readonly kind: 'halfDay'; readonly am: string; readonly pm: string };
