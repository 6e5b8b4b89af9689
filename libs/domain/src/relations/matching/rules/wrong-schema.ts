/** A match schema that names what is not there, or asks for what cannot be. The message says where and what may stand there. */
export class WrongSchema extends RangeError {
  constructor(message: string) {
    super(message);
    this.name = 'WrongSchema';
  }
}

/** The rule of this name; a name that is none of them is a WrongSchema. */
export function ruleNamed<R>(rules: Readonly<Record<string, R>>, name: string, where: string): R {
  const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
  if (rule === undefined)
    throw new WrongSchema(`${where}: "${name}" is none of ${Object.keys(rules).join(', ')}`);
  return rule;
}
