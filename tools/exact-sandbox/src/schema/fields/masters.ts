/** Properties of financial/GLAccounts: `name:type[:flag][*]`; w = GET/POST/PUT, c = GET/POST, u = GET/PUT, else GET; * = required on POST. */
export const GL_ACCOUNT_FIELDS = `
  ID:guid:w AllowCostsInSales:byte:w AssimilatedVATBox:i16:w BalanceSide:str:w BalanceType:str:w
  BelcotaxType:i32:w Code:str:w* Compress:bool:w Costcenter:str:w CostcenterDescription:str Costunit:str:w
  CostunitDescription:str Created:date Creator:guid CreatorFullName:str CustomField:str
  DeductibilityPercentages:coll:w Description:str:w* DescriptionTermID:i32:w Division:i32
  ExcludeVATListing:byte:w ExpenseNonDeductiblePercentage:dbl:w IsBlocked:bool:w Matching:bool:w
  Modified:date Modifier:guid ModifierFullName:str PrivateGLAccount:guid:w PrivatePercentage:dbl:w
  ReportingCode:str:w RevalueCurrency:bool:w SearchCode:str:w Type:i32:w TypeDescription:str
  UseCostcenter:byte:w UseCostunit:byte:w VATCode:str:w VATDescription:str VATGLAccountType:str:w
  VATNonDeductibleGLAccount:guid:w VATNonDeductiblePercentage:dbl:w VATSystem:str:w
  YearEndCostGLAccount:guid:w YearEndReflectionGLAccount:guid:w
`;

/** Properties of financial/Journals: `name:type[:flag][*]`; w = GET/POST/PUT, c = GET/POST, u = GET/PUT, else GET; * = required on POST. */
export const JOURNAL_FIELDS = `
  ID:guid:w AllowVariableCurrency:bool:w AllowVariableExchangeRate:bool:w AllowVAT:bool:w AutoSave:bool:w
  Bank:guid:w BankAccountBICCode:str BankAccountCountry:str BankAccountDescription:str BankAccountIBAN:str
  BankAccountID:guid:w BankAccountIncludingMask:str:w BankAccountUseSEPA:bool
  BankAccountUseSepaDirectDebit:bool BankName:str Code:str:w Created:date Creator:guid CreatorFullName:str
  Currency:str:w CurrencyDescription:str CustomField:str Description:str:w Division:i32 GLAccount:guid:w
  GLAccountCode:str GLAccountDescription:str GLAccountType:i32 IsBlocked:bool:w Modified:date
  Modifier:guid ModifierFullName:str PaymentInTransitAccount:guid:w PaymentServiceAccountIdentifier:str:w
  PaymentServiceProvider:i32:w PaymentServiceProviderName:str Type:i32:w
`;

/** Properties of vat/VATCodes: `name:type[:flag][*]`; w = GET/POST/PUT, c = GET/POST, u = GET/PUT, else GET; * = required on POST. */
export const VAT_CODE_FIELDS = `
  ID:guid:w Account:guid:w AccountCode:str AccountName:str CalculationBasis:byte:w Charged:bool:w
  Code:str:w* Country:str Created:date Creator:guid CreatorFullName:str CustomField:str Description:str:w*
  Division:i32 EUSalesListing:str:w ExcludeVATListing:byte:w GLDiscountPurchase:guid:w
  GLDiscountPurchaseCode:str GLDiscountPurchaseDescription:str GLDiscountSales:guid:w
  GLDiscountSalesCode:str GLDiscountSalesDescription:str GLToClaim:guid:w GLToClaimCode:str
  GLToClaimDescription:str GLToPay:guid:w GLToPayCode:str GLToPayDescription:str IntraStat:bool:w
  IntrastatType:str:w IsBlocked:bool:w LegalText:str:w Modified:date Modifier:guid ModifierFullName:str
  OssCountry:str:w Percentage:dbl TaxReturnType:i16:w Type:str:w VatDocType:str:w VatMargin:byte:w
  VATPartialRatio:i16:w VATPercentages:coll:w VATTransactionType:str:w
`;

/** Properties of cashflow/PaymentConditions: `name:type[:flag][*]`; w = GET/POST/PUT, c = GET/POST, u = GET/PUT, else GET; * = required on POST. */
export const PAYMENT_CONDITION_FIELDS = `
  ID:guid:c Code:str:c* Created:date Creator:guid CreatorFullName:str CreditManagementScenario:guid:c
  CreditManagementScenarioCode:str CreditManagementScenarioDescription:str Description:str:c*
  DiscountCalculation:str:c DiscountPaymentDays:i32:c DiscountPercentage:dbl:c Division:i32 Modified:date
  Modifier:guid ModifierFullName:str PaymentDays:i32:c PaymentDiscountType:str:c PaymentEndOfMonths:i32:c
  PaymentMethod:str:c Percentage:dbl:c VATCalculation:str:c
`;

/** Properties of hrm/Costcenters: `name:type[:flag][*]`; w = GET/POST/PUT, c = GET/POST, u = GET/PUT, else GET; * = required on POST. */
export const COSTCENTER_FIELDS = `
  ID:guid:w Active:bool:w Code:str:w* Created:date Creator:guid CreatorFullName:str CustomField:str
  Description:str:w* Division:i32 EndDate:date:w Modified:date Modifier:guid ModifierFullName:str
`;

/** Properties of hrm/Costunits: `name:type[:flag][*]`; w = GET/POST/PUT, c = GET/POST, u = GET/PUT, else GET; * = required on POST. */
export const COSTUNIT_FIELDS = `
  ID:guid:w Code:str:w* Created:date Creator:guid CreatorFullName:str CustomField:str Description:str:w*
  Division:i32 EndDate:date:w Modified:date Modifier:guid ModifierFullName:str
`;
