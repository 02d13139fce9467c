"""Capitalised words that are no part of a person's name. Short on purpose: what is missed costs little."""

from articles.names.folding import fold


def _folded(words: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words.split())


TITLES = _folded(
    """
    ambassador president minister prime deputy foreign secretary state senator congressman general
    colonel major captain judge justice king queen prince princess pope bishop patriarch
    metropolitan mayor governor chancellor premier chairman chairwoman chair director professor
    doctor dr mr mrs ms miss sir lord lady speaker envoy commissioner spokesman spokeswoman
    spokesperson vice former acting chief leader father ambasadorul președintele președinta
    ministrul premierul domnul doamna dl dna deputatul senatorul primarul președinte ministru
    ambasador lui посол президент министр премьер депутат сенатор господин госпожа генерал мэр глава
    міністр прем'єр пан пані мер голова
    """
)

STARTERS = _folded(
    """
    here now where why how who what acum aici unde здесь теперь где тут тепер де
    the a an here now in on at by for from to of with and but or if when while after before since as that
    this these those it he she they we you his her their our its there then thus yesterday today
    tomorrow according however meanwhile also earlier later both between during under over despite
    although because acum aici în la de din pe cu și dar sau dacă când după înainte ieri azi astăzi mâine
    potrivit însă totuși astfel el ea ei noi despre pentru prin acest această в на с со из от до по
    за к о об и а но или если когда после перед вчера сегодня завтра однако также это он она они мы
    его её их как при для у з із від та але або якщо коли після вчора сьогодні проте також це він
    вона вони ми його її їх
    """
)

PLACES = _folded(
    """
    russia russian russians ukraine ukrainian moldova moldovan romania romanian america american
    americans europe european germany german france french turkey türkiye turkish britain british
    china chinese iran iranian israel israeli india indian ghana italy italian spain poland polish
    hungary bulgaria serbia moscow washington istanbul ankara kyiv kiev chișinău bucharest bucurești
    brussels berlin paris london geneva vienna budapest warsaw tiraspol bălți cahul comrat gagauzia
    transnistria odesa odessa kremlin congress parliament senate government ministry embassy
    consulate white house union nations nato states affairs rusia ucraina moldovei românia româniei
    ucrainei rusiei moscova kremlinul congresul parlamentul guvernul россия россии украина украины
    молдова молдовы молдавия румыния румынии сша москва москвы москве киев киева вашингтон стамбул
    стамбуле кишинёв кишинёве кремль конгресс парламент росія росії україна україни україні румунія
    київ києві вашингтоні стамбулі кремля конгрес january february march april may june july august
    september october november december monday tuesday wednesday thursday friday saturday sunday
    deutsche welle
    europeană europene europei americană americane rusă ruse ucraineană ucrainene română române
    moldovenească moldovenești internațională internaționale союз союза союзу союзі
    """
)
