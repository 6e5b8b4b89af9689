/** Whether relations may not be edited now (product.md 3.16). */
export interface Freeze {
  isFrozen(): Promise<boolean>;
}

export interface FreezeTx {
  readonly freeze: Freeze;
}
