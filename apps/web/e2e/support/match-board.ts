import type { Locator, Page } from 'playwright-core';

/** Pairs that are looked through for one that suits a journey. */
const looksMax = 40;

/** The match page as somebody sees it who only uses the keyboard. */
export class MatchBoard {
  constructor(private readonly page: Page) {}

  /** The pair that is shown, as it stands in the address. */
  currentId(): string | null {
    return new URL(this.page.url()).searchParams.get('paar');
  }

  /** How many pairs are decided, as the page's progress says. */
  async decided(): Promise<number> {
    const text = await this.page.getByText(/^\s*[\d.]+ (van|of) [\d.]+/).textContent();
    return Number(/[\d.]+/.exec(text ?? '')?.[0]);
  }

  /** Presses the key of a decision and waits for the next pair. */
  async decide(key: 'a' | 'n' | 'u'): Promise<void> {
    await this.press(key);
  }

  /** Goes on with J to a pair with a field in which a person can choose between two records; gives such fields. */
  async seekChoice(): Promise<[Locator, ...Locator[]]> {
    const pair = this.page.getByRole('region', { name: /Paar|Pair/ });
    await pair.getByRole('heading').first().waitFor();
    for (let look = 0; look < looksMax; look += 1) {
      const [first, ...others] = await pair.getByRole('radiogroup').all();
      const choices = first ? await first.getByRole('radio', { disabled: false }).count() : 0;
      if (first && choices > 1) return [first, ...others];
      await this.press('j');
    }
    throw new Error('no pair has a field with two values');
  }

  private async press(key: string): Promise<void> {
    const before = this.currentId();
    await this.page.keyboard.press(key);
    await this.page.waitForURL((url) => url.searchParams.get('paar') !== before);
  }
}
