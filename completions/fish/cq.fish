# Completion of the cq programs for fish; installed once under the name of each program.
# Its table is made by tests/tools/completions.sh, which also says what a line holds.

# The table begins here.
set -l table '
cq-import|*||||LIST|||
cq-import|*|k|kind|=|contingent facilities insurance presidential cards verdicts calendar|contingent (default), facilities, insurance, presidential, cards, verdicts or calendar|contingent (әдепкі), facilities, insurance, presidential, cards, verdicts немесе calendar|contingent (по умолчанию), facilities, insurance, presidential, cards, verdicts или calendar
cq-import|*|a|agency|=|prosecution internal_affairs anticorruption economic_investigation fire_service civil_protection courier penal|whose list|тізім қай органдікі|чей это список
cq-import|*|m|mode|=|delta full|delta (default): rows add and change|delta (әдепкі): жолдар қосады және өзгертеді|delta (по умолчанию): строки добавляют и меняют
cq-import|*||list-date|=||the day the list speaks of|тізім қай күнге жасалған|день, на который составлен список
cq-import|*||rejects|=|FILE|bad rows, as read, with line, column, code, message|қате жолдар, оқылған күйінде|ошибочные строки, как прочитаны, со столбцами line, column, code, message
cq-import|*||changes|=|FILE|every change: iin, field, old, new|әрбір өзгеріс: iin, field, old, new|каждое изменение: iin, field, old, new
cq-import|*||max-bad|=||refuse the file if more rows are bad (default 5)|қате жолдар үлесі бұдан көп болса, файл қабылданбайды (әдепкісі 5)|отказать в приёме файла, если ошибочных строк больше (по умолчанию 5)
cq-import|*||max-removals|=||refuse a full list if more people would leave (default 2; never below 10 people)|бұдан көп адам шығып қалса, толық тізім қабылданбайды (әдепкісі 2; 10 адамға дейін әрқашан қабылданады)|отказать в приёме полного списка, если выбыло бы больше людей (по умолчанию 2; до 10 человек – всегда можно)
cq-import|*||max-losses|=||refuse if more people would lose an entitlement (default 2; never below 10 people)|құқығынан айырылатын адам одан көп болса, бас тарту (әдепкі 2; ешқашан 10 адамнан кем емес)|отказать, если права лишилось бы больше людей (по умолчанию 2; никогда не ниже 10 человек)
cq-import|*||approve|=||let exactly the import through that was refused|қабылданбаған дәл сол импортқа рұқсат беру|разрешить именно тот импорт, в котором было отказано
cq-import|*||undo|=||take one run back|бір импортты кері қайтару|отменить один импорт
cq-import|*||summary|=|FILE|counts of the run as JSON|импорт сандары JSON түрінде|итоги импорта в виде JSON
cq-import|*||map|=||a header that the aliases do not know|танымал атаулар қатарында жоқ баған тақырыбы|заголовок столбца, которого нет среди известных
cq-import|*||wait|=||wait for another program\'s lock (default 5)|тізілімді басқа бағдарлама босатқанша күту, секунд (әдепкісі 5)|ждать, пока другая программа освободит реестр, секунд (по умолчанию 5)
cq-import|*|d|db|=|FILE|registry|тізілім|реестр
cq-import|*||as-of|=||the day the question is about, YYYY-MM-DD|сұрақ қай күнге қатысты, YYYY-MM-DD|день, к которому относится вопрос, YYYY-MM-DD
cq-import|*||known-at|=||answer as the registry stood at that moment, UTC|тізілімнің сол сәттегі (UTC) күйі бойынша жауап беру|ответить по состоянию реестра на этот момент, UTC
cq-import|*|o|output|=|FILE|write to FILE instead of standard output|стандартты шығысқа емес, ФАЙЛ файлына жазу|писать в ФАЙЛ вместо стандартного вывода
cq-import|*|f|format|=|csv json table xlsx|csv (default), json (one object a line), table (for people) or xlsx|csv (әдепкі), json (әр жолда бір объект), table (адамға арналған) немесе xlsx|csv (по умолчанию), json (по объекту в строке), table (для людей) или xlsx
cq-import|*||lang|=|kk ru en|language for people: kk, ru or en|адамға арналған мәтін тілі: kk, ru немесе en|язык текста для людей: kk, ru или en
cq-import|*||law|=|DIR|law tables from DIR instead of the built-in ones|нормалар кестелерін кіріктірілгендердің орнына ҚАЛТА қалтасынан алу|взять таблицы норм из папки (ПАПКА) вместо встроенных
cq-import|*||sheet|=||the sheet of a workbook (.xlsx)|жұмыс кітабының (.xlsx) парағы|лист книги (.xlsx)
cq-import|*||delimiter|=|comma semicolon tab|comma, semicolon or tab|үтір, нүктелі үтір немесе табуляция|запятая, точка с запятой или табуляция
cq-import|*||encoding|=|UTF-8 UTF-16LE UTF-16BE RK1048 CP1251 KOI8-R ISO-8859-5 CP866 MacCyrillic CP855|UTF-8, UTF-16LE, UTF-16BE, RK1048, CP1251, KOI8-R, ISO-8859-5, CP866, MacCyrillic or CP855|UTF-8, UTF-16LE, UTF-16BE, RK1048, CP1251, KOI8-R, ISO-8859-5, CP866, MacCyrillic немесе CP855|UTF-8, UTF-16LE, UTF-16BE, RK1048, CP1251, KOI8-R, ISO-8859-5, CP866, MacCyrillic или CP855
cq-import|*|n|dry-run|-||do everything but keep nothing|бәрін орындау, бірақ ештеңені сақтамау|выполнить всё, но ничего не сохранять
cq-import|*|q|quiet|-||say less on standard error|стандартты қате ағынына азырақ хабар шығару|меньше сообщений в стандартный поток ошибок
cq-import|*|v|verbose|-||say more on standard error|стандартты қате ағынына көбірек хабар шығару|больше сообщений в стандартный поток ошибок
cq-import|*|h|help|-||print this help and exit|осы анықтаманы шығарып, аяқтау|вывести эту справку и выйти
cq-import|*|V|version|-||print the version and exit|нұсқаны шығарып, аяқтау|вывести версию и выйти
cq-eligible|--claims||||LIST|||
cq-eligible|*|s|service|=|outpatient inpatient medical_rehabilitation psychological_rehabilitation sanatorium mental_health day_hospital abroad|outpatient (default), inpatient, day_hospital, medical_rehabilitation, psychological_rehabilitation, sanatorium, mental_health or abroad|outpatient (әдепкі), inpatient, day_hospital, medical_rehabilitation, psychological_rehabilitation, sanatorium, mental_health немесе abroad|outpatient (по умолчанию), inpatient, day_hospital, medical_rehabilitation, psychological_rehabilitation, sanatorium, mental_health или abroad
cq-eligible|*||profile|=|therapy surgery cardiology cardiac_surgery neurology neurosurgery traumatology orthopaedics gynaecology obstetrics paediatrics ophthalmology otolaryngology dentistry urology nephrology oncology haematology pulmonology gastroenterology endocrinology rheumatology allergology dermatology psychiatry narcology infectious phthisiology rehabilitation intensive_care|bed profile or kind of specialist|төсек бейіні немесе маманның түрі|профиль койки или вид специалиста
cq-eligible|*||destination|=|local astana almaty|local, astana or almaty|local, astana немесе almaty|local, astana или almaty
cq-eligible|*||urgency|=|planned emergency|planned (default) or emergency|planned (әдепкі) немесе emergency|planned (по умолчанию) или emergency
cq-eligible|*||indicated|?|yes no|medical indications or potential|медициналық көрсетілімдер немесе оңалту әлеуеті|медицинские показания или реабилитационный потенциал
cq-eligible|*||package|=|gobmp osms none|gobmp, osms or none|gobmp, osms немесе none|gobmp, osms или none
cq-eligible|*||duty-injury|-||after an injury received on duty|қызметтік міндеттерін атқару кезінде алған жарақаттан кейін|после травмы, полученной при исполнении служебных обязанностей
cq-eligible|*||all|-||every person of the registry on that day|сол күнгі тізілімдегі барлық адам|все люди реестра на этот день
cq-eligible|*||facts|-||input rows are facts, not people|кіріс жолдары – адамдар емес, фактілер|строки на входе – факты, а не люди
cq-eligible|*||roles|-||one row for every role of a person|адамның әр мәртебесіне бір жол|по строке на каждый статус человека
cq-eligible|*||explain|-||for people: facts and where they came from, the rule, what would change the answer|адамға арналған: деректер мен олардың көзі, қағида, жауапты не өзгертер еді|для людей: сведения и их источник, правило, что изменило бы ответ
cq-eligible|*||letter|-||a letter to each person instead of a row: HTML, an A4 page each, in Kazakh and Russian|жолдың орнына әр адамға хат: HTML, әрқайсысы A4 беті, қазақша және орысша|вместо строки письмо каждому человеку: HTML, по странице A4, на казахском и русском
cq-eligible|*||why-not|-||add the smallest sets of facts that would turn a refusal|бас тартуды өзгертетін деректердің ең шағын жиындарын қосу|добавить наименьшие наборы сведений, меняющие отказ
cq-eligible|*||all-facts|-||with --why-not: facts that nobody can change, too|--why-not кезінде: ешкім өзгерте алмайтын деректерді де|с --why-not: и те сведения, которых никто не может изменить
cq-eligible|*||receipt|-||add a receipt, which --replay recomputes|--replay қайта есептейтін түбіртекті қосу|добавить квитанцию, которую пересчитывает --replay
cq-eligible|*||replay|=|FILE|recompute the receipts of FILE and say what differs|ФАЙЛ түбіртектерін қайта есептеп, айырмасын айту|пересчитать квитанции из ФАЙЛ и сказать, что отличается
cq-eligible|*||against|=|DIR|decide under the law tables of DIR too|ҚАЛТА нормалар кестелері бойынша да шешу|решать и по таблицам норм из ПАПКА
cq-eligible|*||until|=||with --against: every day from --as-of to before DATE, a row for each period|--against болса: --as-of күнінен КҮН күніне дейінгі әр күн, әр кезеңге бір жол|с --against: каждый день от --as-of до ДАТА, не включая его
cq-eligible|*||check-law|-||prove the law tables, print what is wrong|нормалар кестелерін дәлелдеп тексеру, қатесін көрсету|доказать таблицы норм, показать, что неверно
cq-eligible|*||cases|=|FILE|compare the cases of FILE with the law|ФАЙЛ ішіндегі жағдайларды заңмен салыстыру|сравнить случаи из ФАЙЛ с законом
cq-eligible|*||claims|-||rows are claims, with payer and amount: who is due, and a verdict|жолдар – payer және amount бағандары бар шоттар: кім төлеуге тиіс және қорытынды|строки – счета с payer и amount: кто должен платить и вывод
cq-eligible|*|d|db|=|FILE|registry|тізілім|реестр
cq-eligible|*||as-of|=||the day the question is about, YYYY-MM-DD|сұрақ қай күнге қатысты, YYYY-MM-DD|день, к которому относится вопрос, YYYY-MM-DD
cq-eligible|*||known-at|=||answer as the registry stood at that moment, UTC|тізілімнің сол сәттегі (UTC) күйі бойынша жауап беру|ответить по состоянию реестра на этот момент, UTC
cq-eligible|*|o|output|=|FILE|write to FILE instead of standard output|стандартты шығысқа емес, ФАЙЛ файлына жазу|писать в ФАЙЛ вместо стандартного вывода
cq-eligible|*|f|format|=|csv json table xlsx html|csv (default), json (one object a line), table (for people) or xlsx|csv (әдепкі), json (әр жолда бір объект), table (адамға арналған) немесе xlsx|csv (по умолчанию), json (по объекту в строке), table (для людей) или xlsx
cq-eligible|*||lang|=|kk ru en|language for people: kk, ru or en|адамға арналған мәтін тілі: kk, ru немесе en|язык текста для людей: kk, ru или en
cq-eligible|*||law|=|DIR|law tables from DIR instead of the built-in ones|нормалар кестелерін кіріктірілгендердің орнына ҚАЛТА қалтасынан алу|взять таблицы норм из папки (ПАПКА) вместо встроенных
cq-eligible|*||sheet|=||the sheet of a workbook (.xlsx)|жұмыс кітабының (.xlsx) парағы|лист книги (.xlsx)
cq-eligible|*||delimiter|=|comma semicolon tab|comma, semicolon or tab|үтір, нүктелі үтір немесе табуляция|запятая, точка с запятой или табуляция
cq-eligible|*||encoding|=|UTF-8 UTF-16LE UTF-16BE RK1048 CP1251 KOI8-R ISO-8859-5 CP866 MacCyrillic CP855|UTF-8, UTF-16LE, UTF-16BE, RK1048, CP1251, KOI8-R, ISO-8859-5, CP866, MacCyrillic or CP855|UTF-8, UTF-16LE, UTF-16BE, RK1048, CP1251, KOI8-R, ISO-8859-5, CP866, MacCyrillic немесе CP855|UTF-8, UTF-16LE, UTF-16BE, RK1048, CP1251, KOI8-R, ISO-8859-5, CP866, MacCyrillic или CP855
cq-eligible|*|q|quiet|-||say less on standard error|стандартты қате ағынына азырақ хабар шығару|меньше сообщений в стандартный поток ошибок
cq-eligible|*|v|verbose|-||say more on standard error|стандартты қате ағынына көбірек хабар шығару|больше сообщений в стандартный поток ошибок
cq-eligible|*|h|help|-||print this help and exit|осы анықтаманы шығарып, аяқтау|вывести эту справку и выйти
cq-eligible|*|V|version|-||print the version and exit|нұсқаны шығарып, аяқтау|вывести версию и выйти
cq-refer|-||||issue accept reject answer admit complete cancel expire show list print verify register|||
cq-refer|issue register||||LIST|||
cq-refer|- issue register||iin|=||of the patient|пациенттің ЖСН-і|ИИН пациента
cq-refer|- issue||service|=|outpatient inpatient medical_rehabilitation psychological_rehabilitation sanatorium mental_health day_hospital abroad|what is asked for|не сұралады|что запрашивается
cq-refer|- issue||profile|=|therapy surgery cardiology cardiac_surgery neurology neurosurgery traumatology orthopaedics gynaecology obstetrics paediatrics ophthalmology otolaryngology dentistry urology nephrology oncology haematology pulmonology gastroenterology endocrinology rheumatology allergology dermatology psychiatry narcology infectious phthisiology rehabilitation intensive_care|bed profile|төсек бейіні|профиль койки
cq-refer|- issue||destination|=|local astana almaty|where admission is planned: local, astana or almaty|емдеуге жатқызу қайда жоспарланған: local, astana немесе almaty|где планируется госпитализация: local, astana или almaty
cq-refer|- issue list register||facility|=||where to|қайда|куда
cq-refer|- issue||diagnosis|=||ICD-10 code|АХЖ-10 коды|код МКБ-10
cq-refer|- issue||indication|=||medical indication|медициналық көрсетілім|медицинское показание
cq-refer|- issue||urgency|=|planned emergency|planned or emergency|planned (жоспарлы) немесе emergency (шұғыл)|planned (плановая) или emergency (экстренная)
cq-refer|- issue||from-facility|=||who refers|кім жібереді|кто направляет
cq-refer|- issue accept reject answer admit complete cancel expire register||referrer|=||the specialist who refers|жіберетін маман|направляющий специалист
cq-refer|- issue answer||planned-on|=||planned day of admission|емдеуге жатқызудың жоспарланған күні|планируемый день госпитализации
cq-refer|- issue admit||bureau-code|=||code that the Hospitalisation Bureau gave|Емдеуге жатқызу бюросы берген код|код, выданный Бюро госпитализации
cq-refer|- issue||measure|=|consultation training psycho_correction|of psychological rehabilitation: consultation, training or psycho_correction|психологиялық оңалтудың шарасы: consultation, training немесе psycho_correction|мера психологической реабилитации: consultation, training или psycho_correction
cq-refer|- issue admit||consent|?|yes no|written consent to psychiatric care is recorded|психиатриялық көмекке жазбаша келісім тіркелді|письменное согласие на психиатрическую помощь записано
cq-refer|- issue||occasion|=|main_disease acute surgery injury chronic limited_function|of medical rehabilitation: main_disease, acute, surgery, injury, chronic or limited_function|медициналық оңалту үшін: main_disease, acute, surgery, injury, chronic немесе limited_function|для медицинской реабилитации: main_disease, acute, surgery, injury, chronic или limited_function
cq-refer|- issue||paid-by|=|own_funds voluntary_insurance other|paid care is wanted where nobody else pays, from own_funds, voluntary_insurance or other|басқа ешкім төлемейтін жерде ақылы көмек сұралады, төлеу көзі: own_funds, voluntary_insurance немесе other|нужна платная помощь там, где больше никто не платит
cq-refer|- issue admit||commission-no|=||number of the decision of the sanatorium selection commission|санаторийлік іріктеу комиссиясы шешімінің нөмірі|номер решения санаторно-отборочной комиссии
cq-refer|- issue admit||commission-on|=||day of that decision|сол шешімнің күні|день этого решения
cq-refer|- issue||found-in|=||of mental-health care: the referral to psychological rehabilitation during which the disorder was found|психикалық денсаулық саласындағы көмек үшін: бұзылу анықталған психологиялық оңалтуға жолдаманың нөмірі|для помощи в области психического здоровья: направление на психологическую реабилитацию, во время которой выявлено расстройство
cq-refer|- list||status|=|issued accepted rejected admitted completed cancelled expired|only referrals in this state|тек осы күйдегі жолдамалар|только направления в этом состоянии
cq-refer|- list||overdue|-||only issued and accepted ones whose last day is before --as-of|тек соңғы күні --as-of күнінен бұрын берілген және қабылданған жолдамалар|только выданные и принятые, чей последний день раньше --as-of
cq-refer|- accept reject answer admit complete cancel expire register||on|=||the day on which it happened|болған күні|день, когда это произошло
cq-refer|- accept reject answer admit complete cancel expire||reason|=||moves: why|ауысулар: себебі|переходы: почему
cq-refer|- admit||despite|=||although the right is not what was frozen|құқық жолдама берілгендегідей болмаса да|хотя право не то, что было зафиксировано
cq-refer|- register||papers|=|+id_card service_id pension_certificate birth_certificate passport|the papers that were seen, with + between: id_card, service_id, pension_certificate, birth_certificate, passport|көрсетілген құжаттар, арасында +: id_card, service_id, pension_certificate, birth_certificate, passport|предъявленные документы, через +: id_card, service_id, pension_certificate, birth_certificate, passport
cq-refer|- register||card-no|=||of the outpatient card|амбулаторлық картаның нөмірі|номер амбулаторной карты
cq-refer|*|d|db|=|FILE|registry|тізілім|реестр
cq-refer|*||as-of|=||the day the question is about, YYYY-MM-DD|сұрақ қай күнге қатысты, YYYY-MM-DD|день, к которому относится вопрос, YYYY-MM-DD
cq-refer|*||known-at|=||answer as the registry stood at that moment, UTC|тізілімнің сол сәттегі (UTC) күйі бойынша жауап беру|ответить по состоянию реестра на этот момент, UTC
cq-refer|*|o|output|=|FILE|write to FILE instead of standard output|стандартты шығысқа емес, ФАЙЛ файлына жазу|писать в ФАЙЛ вместо стандартного вывода
cq-refer|-|f|format|=|csv json table xlsx fhir|csv (default; but register prints slips), json (one object a line), table (for people) or xlsx|csv (әдепкі; register болса, ресімдеу парақтарын шығарады), json (әр жолда бір объект), table (адамға арналған) немесе xlsx|csv (по умолчанию; но register печатает листы оформления), json (по объекту в строке), table (для людей) или xlsx
cq-refer|issue accept reject answer admit complete cancel expire print verify register|f|format|=|csv json table xlsx|csv (default; but register prints slips), json (one object a line), table (for people) or xlsx|csv (әдепкі; register болса, ресімдеу парақтарын шығарады), json (әр жолда бір объект), table (адамға арналған) немесе xlsx|csv (по умолчанию; но register печатает листы оформления), json (по объекту в строке), table (для людей) или xlsx
cq-refer|show list|f|format|=|csv json table xlsx fhir|csv (default; but register prints slips), json (one object a line), table (for people) or xlsx|csv (әдепкі; register болса, ресімдеу парақтарын шығарады), json (әр жолда бір объект), table (адамға арналған) немесе xlsx|csv (по умолчанию; но register печатает листы оформления), json (по объекту в строке), table (для людей) или xlsx
cq-refer|*||lang|=|kk ru en|language for people: kk, ru or en|адамға арналған мәтін тілі: kk, ru немесе en|язык текста для людей: kk, ru или en
cq-refer|*||law|=|DIR|law tables from DIR instead of the built-in ones|нормалар кестелерін кіріктірілгендердің орнына ҚАЛТА қалтасынан алу|взять таблицы норм из папки (ПАПКА) вместо встроенных
cq-refer|*||sheet|=||the sheet of a workbook (.xlsx)|жұмыс кітабының (.xlsx) парағы|лист книги (.xlsx)
cq-refer|*||delimiter|=|comma semicolon tab|comma, semicolon or tab|үтір, нүктелі үтір немесе табуляция|запятая, точка с запятой или табуляция
cq-refer|*||encoding|=|UTF-8 UTF-16LE UTF-16BE RK1048 CP1251 KOI8-R ISO-8859-5 CP866 MacCyrillic CP855|UTF-8, UTF-16LE, UTF-16BE, RK1048, CP1251, KOI8-R, ISO-8859-5, CP866, MacCyrillic or CP855|UTF-8, UTF-16LE, UTF-16BE, RK1048, CP1251, KOI8-R, ISO-8859-5, CP866, MacCyrillic немесе CP855|UTF-8, UTF-16LE, UTF-16BE, RK1048, CP1251, KOI8-R, ISO-8859-5, CP866, MacCyrillic или CP855
cq-refer|*|n|dry-run|-||do everything but keep nothing|бәрін орындау, бірақ ештеңені сақтамау|выполнить всё, но ничего не сохранять
cq-refer|*|q|quiet|-||say less on standard error|стандартты қате ағынына азырақ хабар шығару|меньше сообщений в стандартный поток ошибок
cq-refer|*|v|verbose|-||say more on standard error|стандартты қате ағынына көбірек хабар шығару|больше сообщений в стандартный поток ошибок
cq-refer|*|h|help|-||print this help and exit|осы анықтаманы шығарып, аяқтау|вывести эту справку и выйти
cq-refer|*|V|version|-||print the version and exit|нұсқаны шығарып, аяқтау|вывести версию и выйти
cq-report|-||||contingent changes leaving eligibility quality referrals overdue payers overtaken facilities registration law runs audit check person find reconcile form2 all|||
cq-report|-||by|=|,region agency category body sex age paragraph gap|count by any of region, agency, category, body, sex, age, joined by commas|мыналардың кез келгені бойынша санау, үтірмен бөліп: region, agency, category, body, sex, age|считать по любым из region, agency, category, body, sex, age через запятую
cq-report|contingent all||by|=|,region agency category body sex age|count by any of region, agency, category, body, sex, age, joined by commas|мыналардың кез келгені бойынша санау, үтірмен бөліп: region, agency, category, body, sex, age|считать по любым из region, agency, category, body, sex, age через запятую
cq-report|law||by|=|paragraph gap|count by any of region, agency, category, body, sex, age, joined by commas|мыналардың кез келгені бойынша санау, үтірмен бөліп: region, agency, category, body, sex, age|считать по любым из region, agency, category, body, sex, age через запятую
cq-report|- changes all||since|=|last|since a run, a day YYYY-MM-DD, or the last run (last, the default)|көрсетілген импорттан бері, YYYY-MM-DD күнінен бері немесе соңғы импорттан бері (last, әдепкі)|с какого импорта, с какого дня YYYY-MM-DD или за последний импорт (last, по умолчанию)
cq-report|- leaving overdue all||days|=||look so many days ahead, default 90|неше күн алға қарау, әдепкісі 90|на сколько дней вперёд смотреть, по умолчанию 90
cq-report|- leaving eligibility law all|s|service|=|outpatient inpatient medical_rehabilitation psychological_rehabilitation sanatorium mental_health day_hospital abroad|the service asked about|қай қызмет туралы сұралады|услуга, о которой спрашивается
cq-report|- person||iin|=||whose history|кімнің тарихы|чья история
cq-report|- person||timeline|-||the entitlements from day to day, and what changes them|құқықтар күннен күнге және оларды не өзгертеді|права день за днём и что их меняет
cq-report|- find||name|=||parts of the name in any order and in Kazakh, Russian or Latin letters|аты-жөнінің бөліктері, кез келген ретпен, қазақ, орыс немесе латын әріптерімен|части имени в любом порядке казахскими, русскими или латинскими буквами
cq-report|- find||born|=||the birth date, YYYY-MM-DD or DD.MM.YYYY, or its year|туған күні, YYYY-MM-DD немесе DD.MM.YYYY, немесе туған жылы|дата рождения, YYYY-MM-DD или DD.MM.YYYY, или только год
cq-report|- reconcile|a|agency|=|prosecution internal_affairs anticorruption economic_investigation fire_service civil_protection courier penal|whose list|кімнің тізімі|чей список
cq-report|- form2||year|=||the year whose last day it is about|соңғы күні есептелетін жыл|год, о последнем дне которого отчёт
cq-report|- form2||line|=|01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33|list the people of this line|осы жолдың адамдарын тізімдеу|показать людей этой строки
cq-report|- changes leaving quality overdue overtaken registration audit reconcile all||mask|-||lists without names and IINs|аты-жөні мен ЖСН көрсетілмеген тізімдер|списки без имён и ИИН
cq-report|- audit||verify|-||compute the chain of the log again|журнал тізбегін қайта есептеу|пересчитать цепочку журнала
cq-report|- quality||review|-||what people have to settle, as a list for cq-import --kind=verdicts|адам шешуі керек мәселелер, cq-import --kind=verdicts үшін тізім түрінде|что должны решить люди, в виде списка для cq-import --kind=verdicts
cq-report|- contingent eligibility referrals payers all||suppress|=||keep counts of 1 to N back, and as many others as it takes to hide them|1-ден N-ге дейінгі сандарды және оларды жасыруға қажет басқа сандарды көрсетпеу|скрыть числа от 1 до N и столько других, сколько нужно, чтобы их нельзя было вычислить
cq-report|- all||full|-||with the long lists, not only counts, charts and the rows that matter|ұзын тізімдерімен, тек сандар, диаграммалар және маңызды жолдар ғана емес|с длинными списками, а не только с числами, диаграммами и важными строками
cq-report|- contingent changes leaving eligibility quality referrals overdue payers overtaken facilities registration law runs audit check person find reconcile form2||excel|-||CSV for spreadsheets: byte order mark, semicolons, formulas made harmless|электрондық кестеге арналған CSV: байт реті белгісі, нүктелі үтір, залалсыздандырылған формулалар|CSV для электронных таблиц: метка порядка байтов, точки с запятой, обезвреженные формулы
cq-report|- law||dialect|=|sqlite postgresql clickhouse|for sqlite (default), postgresql or clickhouse|sqlite үшін (әдепкі), postgresql немесе clickhouse|для sqlite (по умолчанию), postgresql или clickhouse
cq-report|*|d|db|=|FILE|registry|тізілім|реестр
cq-report|*||as-of|=||the day the question is about, YYYY-MM-DD|сұрақ қай күнге қатысты, YYYY-MM-DD|день, к которому относится вопрос, YYYY-MM-DD
cq-report|*||known-at|=||answer as the registry stood at that moment, UTC|тізілімнің сол сәттегі (UTC) күйі бойынша жауап беру|ответить по состоянию реестра на этот момент, UTC
cq-report|*|o|output|=|FILE|write to FILE instead of standard output|стандартты шығысқа емес, ФАЙЛ файлына жазу|писать в ФАЙЛ вместо стандартного вывода
cq-report|-|f|format|=|csv json table xlsx html sql prometheus|csv (default), json (one object a line), table (for people), xlsx or html|csv (әдепкі), json (әр жолда бір объект), table (адамға арналған), xlsx немесе html|csv (по умолчанию), json (по объекту в строке), table (для людей), xlsx или html
cq-report|contingent changes leaving eligibility quality referrals overdue payers overtaken facilities registration runs audit person find reconcile form2|f|format|=|csv json table xlsx html|csv (default), json (one object a line), table (for people), xlsx or html|csv (әдепкі), json (әр жолда бір объект), table (адамға арналған), xlsx немесе html|csv (по умолчанию), json (по объекту в строке), table (для людей), xlsx или html
cq-report|law|f|format|=|csv json table xlsx html sql|csv (default), json (one object a line), table (for people), xlsx or html|csv (әдепкі), json (әр жолда бір объект), table (адамға арналған), xlsx немесе html|csv (по умолчанию), json (по объекту в строке), table (для людей), xlsx или html
cq-report|check|f|format|=|csv json table xlsx html prometheus|csv (default), json (one object a line), table (for people), xlsx or html|csv (әдепкі), json (әр жолда бір объект), table (адамға арналған), xlsx немесе html|csv (по умолчанию), json (по объекту в строке), table (для людей), xlsx или html
cq-report|all|f|format|=|html|csv (default), json (one object a line), table (for people), xlsx or html|csv (әдепкі), json (әр жолда бір объект), table (адамға арналған), xlsx немесе html|csv (по умолчанию), json (по объекту в строке), table (для людей), xlsx или html
cq-report|*||lang|=|kk ru en|language for people: kk, ru or en|адамға арналған мәтін тілі: kk, ru немесе en|язык текста для людей: kk, ru или en
cq-report|*||law|=|DIR|law tables from DIR instead of the built-in ones|нормалар кестелерін кіріктірілгендердің орнына ҚАЛТА қалтасынан алу|взять таблицы норм из папки (ПАПКА) вместо встроенных
cq-report|*|q|quiet|-||say less on standard error|стандартты қате ағынына азырақ хабар шығару|меньше сообщений в стандартный поток ошибок
cq-report|*|v|verbose|-||say more on standard error|стандартты қате ағынына көбірек хабар шығару|больше сообщений в стандартный поток ошибок
cq-report|*|h|help|-||print this help and exit|осы анықтаманы шығарып, аяқтау|вывести эту справку и выйти
cq-report|*|V|version|-||print the version and exit|нұсқаны шығарып, аяқтау|вывести версию и выйти
'
# The table ends here.

# Whether the command line is at one of these places: actions, reports, or - before the first.
function __cq_at
    for word in (commandline -opc)[2..]
        if contains -- $word $__cq_places
            contains -- $word $argv
            return
        end
    end
    contains -- - $argv
end

# What a list that MARK joins may become: __cq_list MARK WORD...
function __cq_list
    set -l token (commandline -ct | string replace -r '^--[^=]*=' '')
    set -l mark $argv[1]
    set -l given (string split -- $mark $token)[1..-2]
    set -l head (string join -- $mark $given '')
    test -n "$given"; or set head ''
    for word in $argv[2..]
        contains -- $word $given; or echo $head$word
    end
end

# Lists, as far as they have their usual names, and the folders they may be in.
function __cq_lists
    complete -C "__fish_command_without_completions "(commandline -ct) |
        string match -ri '^.*(?:/|\.csv|\.xlsx)$'
end

set -l language 7
set -l spoken (string match -v '' -- "$LC_ALL" "$LC_MESSAGES" "$LANG")
switch "$spoken[1]"
    case 'kk*'
        set language 8
    case 'ru*'
        set language 9
end

set -g __cq_places
set -l only (string replace -r '\.fish$' '' (status basename))
for line in (string match '*|*' -- (string split \n -- $table))
    set -l fields (string split '|' -- $line)
    set -l places (string split ' ' -- $fields[2])
    set -l words $fields[6]
    set -l rule complete -c $fields[1]
    if test "$fields[2]" = -
        set -a __cq_places (string split ' ' -- $words)
    else if test "$fields[2]" != '*'
        set -a __cq_places $places
    end
    if contains -- $only cq-import cq-eligible cq-refer cq-report; and test $only != $fields[1]
        continue
    end

    test -n "$fields[4]"; or $rule -f
    test "$fields[2]" = '*'; or set -a rule -n "__cq_at $fields[2]"

    if test -z "$fields[4]" # no option
        switch $words
            case LIST
                $rule -f -a '(__cq_lists)'
            case '*'
                $rule -f -a "$words"
        end
        continue
    end

    test -z "$fields[3]"; or set -a rule -s $fields[3]
    set -a rule -l $fields[4] -d $fields[$language]
    switch "$fields[5] $words"
        case '= FILE'
            set -a rule -r -F
        case '= DIR'
            set -a rule -x -a '(__fish_complete_directories)'
        case '= ,*' '= +*'
            set -a rule -x -a "(__cq_list "(string sub -l 1 -- $words)" "(string sub -s 2 -- $words)")"
        case '= *'
            set -a rule -x -a "$words"
        case '\? *'
            set -a rule -f -a "$words"
    end
    $rule
end
