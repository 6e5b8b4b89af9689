import type { Features } from './features.js';
import type { NormalisedAddress } from './normalise-address.js';
import type { NormalisedName } from './normalise-name.js';

/** Makes equal parts of many records one object in memory. One per batch; gone with it. */
export class Interner {
  readonly #names = new Map<string, NormalisedName>();
  readonly #addresses = new Map<string, NormalisedAddress>();
  readonly #texts = new Map<string, string>();

  /** The same features, sharing names, addresses and domains with records seen before: most relations occur several times. */
  intern(features: Features): Features {
    const { address, addressKey, domain } = features;
    return {
      ...features,
      names: features.names.map((name) => this.#name(name)),
      address: this.#address(address),
      addressKey: addressKey === null ? null : this.#text(addressKey),
      domain: domain === null ? null : this.#text(domain),
      administrationId: this.#text(features.administrationId),
    };
  }

  #name(name: NormalisedName): NormalisedName {
    const key = `${name.stem}|${name.joined}|${name.form?.code ?? ''}|${name.place}|${name.core.join(' ')}`;
    const known = this.#names.get(key);
    if (known && isSamePerson(known, name)) return known;
    const core = name.core.map((word) => this.#text(word));
    // One word is its own stem and its own joined spelling.
    const only = core.length === 1 ? core[0] : undefined;
    const kept = {
      ...name,
      core,
      stem: name.stem === only ? only : name.stem,
      joined: name.joined === only ? only : name.joined,
      place: this.#text(name.place),
    };
    if (!known) this.#names.set(key, kept);
    return kept;
  }

  #address(address: NormalisedAddress): NormalisedAddress {
    const key = `${address.country}${address.postcode}|${address.street}|${address.number}|${address.addition}|${address.city}`;
    const known = this.#addresses.get(key);
    if (known && known.isPostbus === address.isPostbus) return known;
    const kept = { ...address, street: this.#text(address.street), city: this.#text(address.city) };
    if (!known) this.#addresses.set(key, kept);
    return kept;
  }

  #text(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    this.#texts.set(text, text);
    return text;
  }
}

// A title or a dotted initial can make a person of words that are not one elsewhere.
function isSamePerson(a: NormalisedName, b: NormalisedName): boolean {
  return (
    a.person?.given === b.person?.given &&
    a.person?.surname === b.person?.surname &&
    a.person?.initials === b.person?.initials &&
    a.isCompany === b.isCompany
  );
}
